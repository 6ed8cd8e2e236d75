import type { Dependency } from './transaction.ts'

/** Everything the checks can find, gravest first. */
export const anomalyKinds = [
  'unwritten-value',
  'repeated-value',
  'incompatible-order',
  'internal',
  'G0',
  'G1a',
  'G1b',
  'G1c',
  'lost-update',
  'non-repeatable-read',
  'G-single',
  'G-nonadjacent',
  'G2-item',
] as const

export type AnomalyKind = (typeof anomalyKinds)[number]

/** One step around a cycle, with what shows it. */
export interface Dependence {
  readonly from: number
  readonly to: number
  readonly dependency: Dependency
  /** None for an order that time or a session gives. */
  readonly key: string | undefined
  readonly because: string
}

/** Something that no execution of the level it breaks could have shown. */
export interface Anomaly {
  readonly kind: AnomalyKind
  /** The order besides the data's own that the cycle needs. */
  readonly needs: 'data' | 'session' | 'realtime'
  /** Numbers of the transactions, as they were given. */
  readonly transactions: readonly number[]
  readonly key: string | undefined
  /** One sentence for anomalies that are no cycle; for a cycle only what weakens its name. */
  readonly because: string
  /** The cycle, for those that are. */
  readonly cycle: readonly Dependence[]
}

/** Isolation levels, weakest first. */
export const levels = [
  'read-uncommitted',
  'read-committed',
  'snapshot-isolation',
  'serializable',
  'strict-serializable',
] as const

export type Level = (typeof levels)[number]

/**
 * The weakest level that forbids each kind (Adya 1999, chapter 3; Elle, section 2).
 *
 * What Elle calls internal is two kinds here. That a transaction sees what it wrote itself Adya asks
 * of every history (section 3.1). That it reads the same of others twice he does not: who changed it
 * in between is read from and overwrote what was read, a cycle with one anti-dependency, which
 * PL-2 (read committed) allows. Elle asks for both at once, and not of read committed either, but
 * from read atomic on (axiom INT of Cerone, Bernardi and Gotsman 2015).
 */
const forbiddenFrom: Readonly<Record<AnomalyKind, Level>> = {
  'unwritten-value': 'read-uncommitted',
  'repeated-value': 'read-uncommitted',
  'incompatible-order': 'read-uncommitted',
  internal: 'read-committed',
  G0: 'read-uncommitted',
  G1a: 'read-committed',
  G1b: 'read-committed',
  G1c: 'read-committed',
  'lost-update': 'snapshot-isolation',
  'non-repeatable-read': 'snapshot-isolation',
  'G-single': 'snapshot-isolation',
  'G-nonadjacent': 'snapshot-isolation',
  'G2-item': 'serializable',
}

/**
 * Whether a level forbids an anomaly. A cycle that needs the order of sessions or of time is
 * forbidden by strict levels only: the others may run a session in the past.
 */
export function isForbidden(level: Level, { kind, needs }: Anomaly): boolean {
  const from = needs === 'data' ? forbiddenFrom[kind] : 'strict-serializable'
  return levels.indexOf(level) >= levels.indexOf(from)
}

/** The anomaly as text: what it is, and each step with its reason. */
export function describeAnomaly(anomaly: Anomaly): string {
  const { kind, needs, transactions, because, cycle } = anomaly
  const title = `${kind}${needs === 'data' ? '' : ` (${needs})`}`
  if (cycle.length === 0) return `${title}: ${because}`
  const steps = cycle.map(({ from, to, dependency, because: why }, place) => {
    const then = place === cycle.length - 1 ? 'and so' : 'then'
    return `  T${from} ${dependency} T${to}, ${then}: ${why}`
  })
  const names = transactions.map((number) => `T${number}`).join(', ')
  return [`${title} among ${names}:`, ...steps].join('\n')
}
