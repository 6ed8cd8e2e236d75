import { createHash } from 'node:crypto'

/** `must` decides the exit status of a run; `should` is reported beside it. */
export type Tier = 'must' | 'should'

/** One line of a requirements document. */
export interface Requirement {
  readonly id: string
  readonly tier: Tier
  /** A free word of the document's author: rule, journey, performance, security, … */
  readonly kind?: string
  readonly text: string
  readonly target?: string
  /** What the completion report said; shown beside the measured figure, never judged. */
  readonly reported?: string
  /** Ids of the requirements that it sums up; it needs no claim, and their verdicts decide it. */
  readonly derivedFrom?: readonly string[]
  /** Changes when the meaning could have: see {@link hashOf}. */
  readonly hash: string
  /** 1-based line in the document. */
  readonly line: number
  /** Headings above the table, outermost first. */
  readonly section: readonly string[]
}

/** Twelve hexadecimal digits over what binds: tier, sentence and target, spaces evened out. */
export function hashOf(parts: {
  readonly tier: Tier
  readonly text: string
  readonly target?: string | undefined
  readonly derivedFrom?: readonly string[] | undefined
}): string {
  const { tier, text, target = '', derivedFrom = [] } = parts
  const binding = [tier, text, target, ...derivedFrom]
    .map((part) => part.replaceAll(/\s+/g, ' ').trim())
    .join('\n')
  return createHash('sha256').update(binding).digest('hex').slice(0, 12)
}
