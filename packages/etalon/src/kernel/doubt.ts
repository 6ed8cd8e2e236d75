/**
 * Why a figure deserves less trust than it seems to. Doubts are values: they travel with the
 * figure into every report, and the ones listed as disqualifying turn an upheld proof into an
 * inconclusive one.
 */
export interface Doubt {
  readonly kind: DoubtKind
  /** One sentence: what was seen, with its figure, and what to do about it. */
  readonly message: string
}

export type DoubtKind = keyof typeof doubts

const doubts = {
  'few-samples': { disqualifies: false },
  'busy-machine': { disqualifies: false },
  'overloaded-machine': { disqualifies: true },
  'warm-up': { disqualifies: false },
  outliers: { disqualifies: false },
  'no-overlap': { disqualifies: true },
  'evidence-dropped': { disqualifies: false },
  'shared-service': { disqualifies: false },
  'requirement-changed': { disqualifies: true },
  'fault-missed': { disqualifies: true },
  'fault-unhealed': { disqualifies: true },
  unattributed: { disqualifies: true },
  unseen: { disqualifies: false },
  'late-driver': { disqualifies: false },
  'overloaded-driver': { disqualifies: true, voids: true },
  'other-clock': { disqualifies: true, voids: true },
} as const satisfies Record<string, { disqualifies: boolean; voids?: true }>

/**
 * The doubts of several measurements as those of one figure made of them: the first of each kind,
 * the gravest kinds first.
 */
export function joinedDoubts(...parts: readonly (readonly Doubt[])[]): readonly Doubt[] {
  const firstOf = new Map<DoubtKind, Doubt>()
  for (const doubt of parts.flat()) {
    if (!firstOf.has(doubt.kind)) firstOf.set(doubt.kind, doubt)
  }
  return [...firstOf.values()].sort((one, other) => gravityOf(other) - gravityOf(one))
}

function gravityOf(doubt: Doubt): number {
  return Number(disqualifies(doubt)) + Number(voids(doubt))
}

/** Whether a doubt is grave enough that an upheld proof cannot stand on the figure. */
export function disqualifies(doubt: Doubt): boolean {
  return doubts[doubt.kind].disqualifies
}

/**
 * Whether a doubt is so grave that the figure says nothing at all about the system, so that it
 * cannot refute either: what was measured is the instrument.
 */
export function voids(doubt: Doubt): boolean {
  return 'voids' in doubts[doubt.kind]
}
