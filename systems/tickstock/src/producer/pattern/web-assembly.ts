/** A module's memory, seen from outside. */
interface Memory {
  readonly buffer: ArrayBuffer
}

/** As much of WebAssembly as TA-Lib needs; TypeScript has its types only among those of browsers. */
interface WebAssemblyParts {
  readonly Memory: new (pages: { initial: number; maximum: number }) => Memory
  readonly Global: new (type: { value: 'i32'; mutable: boolean }, value: number) => object
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => { readonly exports: Readonly<Record<string, unknown>> }
}

export const webAssembly: WebAssemblyParts = Reflect.get(
  globalThis,
  'WebAssembly',
) as WebAssemblyParts
