/** The arrays that {@link Pages} can be made of. */
export type PageKind = Uint8ArrayConstructor | Uint32ArrayConstructor | Float64ArrayConstructor

/**
 * Numbers by sequence, 0 where none was set. What is near in sequence lies in one typed array, so
 * that a million neighbours cost a few megabytes, and a sequence that starts at a billion costs no
 * more than one that starts at 1.
 */
export interface Pages {
  get(sequence: number): number
  set(sequence: number, value: number): void
  /** Visits what is not 0, in ascending order. */
  forEach(visit: (sequence: number, value: number) => void): void
}

const perPage = 4_096

/** Opens pages without numbers. */
export function openPages(Kind: PageKind): Pages {
  const pages = new Map<number, InstanceType<PageKind>>()
  // Most look-ups are next to the one before.
  let near: { readonly number: number; readonly page: InstanceType<PageKind> } | undefined
  const pageOf = (number: number): InstanceType<PageKind> | undefined => {
    if (near?.number === number) return near.page
    const page = pages.get(number)
    if (page) near = { number, page }
    return page
  }
  return {
    get: (sequence) => pageOf(Math.floor(sequence / perPage))?.[sequence % perPage] ?? 0,
    set: (sequence, value) => {
      const number = Math.floor(sequence / perPage)
      const page = pageOf(number) ?? new Kind(perPage)
      pages.set(number, page)
      page[sequence % perPage] = value
    },
    forEach: (visit) => {
      for (const [number, page] of [...pages].sort(([a], [b]) => a - b)) {
        for (let at = 0; at < perPage; at += 1) {
          const value = page[at] as number
          if (value !== 0) visit(number * perPage + at, value)
        }
      }
    },
  }
}
