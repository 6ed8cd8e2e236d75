/**
 * What was found of one kind: how often exactly, and the first few as evidence. A proof by `isEmpty`
 * is upheld when nothing was found, refuted when something was, and inconclusive when nothing was
 * looked at.
 */
export interface Findings<Example = unknown> {
  readonly count: number
  /** How many were looked at; with none of them nothing can be said. */
  readonly among: number
  /** The first ones, 20 at most. */
  readonly examples: readonly Example[]
}

/** So many examples are kept of each kind; the rest are counted. */
const examplesMax = 20

/** Tells findings from another value given to a proof. */
export function isFindings(value: unknown): value is Findings {
  return (
    typeof value === 'object' &&
    value !== null &&
    'count' in value &&
    'among' in value &&
    'examples' in value
  )
}

/** Findings that grow. */
export interface FindingsBook<Example> extends Findings<Example> {
  look(times?: number): void
  /** @param example made only while examples are still kept */
  find(example: () => Example, times?: number): void
  /** As they are now; later ones are not in it. */
  findings(): Findings<Example>
}

/** Opens findings of one kind. */
export function openFindings<Example>(): FindingsBook<Example> {
  const examples: Example[] = []
  let count = 0
  let among = 0
  return {
    get count() {
      return count
    },
    get among() {
      return among
    },
    examples,
    look: (times = 1) => {
      among += times
    },
    find: (example, times = 1) => {
      count += times
      if (examples.length < examplesMax) examples.push(example())
    },
    findings: () => ({ count, among, examples: [...examples] }),
  }
}
