import { anomalyKinds, isForbidden, type Anomaly, type Level } from './anomaly.ts'

/** Options of the checks for cycles. */
export interface CycleOptions {
  /** The order of sessions and of time counts too, as strict serializability has it. */
  readonly isStrict?: boolean
}

/** What a check found. */
export interface CycleReport {
  readonly transactions: number
  /** Gravest first. */
  readonly anomalies: readonly Anomaly[]
  /** The anomalies that a level forbids; none means that no execution is known to break it. */
  against(level: Level): readonly Anomaly[]
}

/** Puts what was found in order. */
export function reportOf(transactions: number, found: readonly Anomaly[]): CycleReport {
  const anomalies = found.toSorted((a, b) => gravityOf(a) - gravityOf(b))
  return {
    transactions,
    anomalies,
    against: (level) => anomalies.filter((anomaly) => isForbidden(level, anomaly)),
  }
}

function gravityOf({ kind }: Anomaly): number {
  return anomalyKinds.indexOf(kind)
}
