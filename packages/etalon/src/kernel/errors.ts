import { exitCode, type ExitCode } from './exit-code.ts'
import { registry, type ErrorCode } from './error-registry.ts'

export type { ErrorCode } from './error-registry.ts'

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never

/** The facts that an error's sentence needs: one for every `{placeholder}` in the registry. */
export type ErrorFacts<Code extends ErrorCode> = {
  readonly [
    Name in Placeholders<(typeof registry)[Code]['message'] | (typeof registry)[Code]['hint']>
  ]: string | number
}

/**
 * An error that a user meets. Its code, sentence, hint and exit code stand in the registry
 * (`error-registry.ts`), and `docs/errors.md` lists the same ones.
 */
export class EtalonError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'EtalonError'
  readonly code: Code
  readonly hint: string
  readonly exitCode: ExitCode

  constructor(code: Code, facts: ErrorFacts<Code>, options?: ErrorOptions) {
    const entry = registry[code]
    super(fill(entry.message, facts), options)
    this.code = code
    this.hint = fill(entry.hint, facts)
    this.exitCode = exitCode[entry.exit]
  }
}

/** The exit status that tells of an error; one that nobody foresaw is a defect of Etalon itself. */
export function exitCodeFor(thrown: unknown): ExitCode {
  return thrown instanceof EtalonError ? thrown.exitCode : exitCode.etalonDefect
}

/** The text of anything that was thrown, also of what is not an `Error`. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.message === '') {
    return thrown.errors.map(messageOf).join('; ')
  }
  if (thrown instanceof Error) return thrown.message || thrown.name
  return typeof thrown === 'string' ? thrown : (JSON.stringify(thrown) ?? String(thrown))
}

function fill(text: string, facts: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => String(facts[name]))
}
