/** What was found of one kind, held against what is allowed. */
export interface Section<Found> {
  readonly all: readonly Found[]
  /** What is not allowed. */
  readonly strange: readonly Found[]
  /** What is allowed and was not found, one text each. */
  readonly unseen: readonly string[]
}

/** Holds what was found against what is allowed of whom; who is not named may nothing. */
export function sectionOf<Found, Allowance extends string | RegExp>(
  all: readonly Found[],
  allowed: Readonly<Record<string, readonly Allowance[]>>,
  rule: {
    readonly whoOf: (found: Found) => string
    readonly matches: (found: Found, allowance: Allowance) => boolean
  },
): Section<Found> {
  const { whoOf, matches } = rule
  const isAllowed = (found: Found): boolean =>
    Object.entries(allowed).some(
      ([who, allowances]) =>
        isLike(who, whoOf(found)) && allowances.some((one) => matches(found, one)),
    )
  const unseen = Object.entries(allowed).flatMap(([who, allowances]) =>
    allowances
      .filter((one) => !all.some((found) => isLike(who, whoOf(found)) && matches(found, one)))
      .map((one) => `${who} → ${String(one)}`),
  )
  return { all, strange: all.filter((found) => !isAllowed(found)), unseen }
}

/** Whether a name is the pattern, in which `*` stands for anything. */
export function isLike(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(name)
}
