import { tailOf, usualConfidence } from '../../kernel/statistics/confidence.ts'

/** Requests of the candidate at the first look. */
const firstLook = 20
const growth = 1.5

/** How surely each kind of figure is compared in one look: two-sided confidences. */
export interface LookConfidence {
  readonly shares: number
  readonly latencies: number
}

/**
 * When a step is looked at: at 20 requests of the candidate, and each time it has half as many
 * again. Looking often and stopping at the first alarm would raise a false one sooner or later, so
 * the k-th look at a figure may err with 1/(k(k + 1)) of the usual 5 %. These shares sum to one:
 * however many looks there are, a figure that is within its limit is called worse in at most 5 % of
 * the steps (Bonferroni's inequality with unequal weights), and likewise one beyond it called not
 * worse. What cannot be compared yet, because too little time has passed, cannot err: only looks
 * that compared the latencies count as looks at them.
 */
export interface Looks {
  /** Requests of the candidate at which to look next. */
  readonly dueAt: number
  /** The confidences of the look that is taken now. */
  take(requests: number): LookConfidence
  /** The look that was taken has compared the latencies. */
  comparedLatencies(): void
}

/** The looks of one step. */
export function createLooks(): Looks {
  let taken = 0
  let atLatencies = 0
  let dueAt = firstLook
  return {
    get dueAt() {
      return dueAt
    },
    take: (requests) => {
      taken += 1
      dueAt = Math.ceil(Math.max(requests, dueAt) * growth)
      return { shares: confidenceOf(taken), latencies: confidenceOf(atLatencies + 1) }
    },
    comparedLatencies: () => {
      atLatencies += 1
    },
  }
}

function confidenceOf(look: number): number {
  return 1 - (2 * tailOf(usualConfidence)) / (look * (look + 1))
}
