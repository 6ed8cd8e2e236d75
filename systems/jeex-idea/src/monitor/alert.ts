/** What is looked at to tell a worry. */
export interface Vitals {
  readonly queries: number
  readonly queryP95Ms: number | null
  readonly slowQueries: number
  readonly answered: number
  readonly errorPercent: number
  readonly refused: number
  readonly poolUsePercent: number
  readonly isDatabaseUp: boolean
  readonly isRedisUp: boolean
  /** Since the last backup that completed, or since the start; undefined where none are taken. */
  readonly backupAgeMs: number | undefined
  readonly isBackupBroken: boolean
}

/** When a worry begins. */
export interface AlertLimits {
  readonly queryP95Ms: number
  readonly errorPercent: number
  readonly poolUsePercent: number
  readonly backupAgeMs: number
}

/** So few samples say nothing about a share or a quantile. */
const samplesMin = 20

/** The names of the alerts that a state of things calls for. */
export function worriesOf(vitals: Vitals, limits: AlertLimits): AlertName[] {
  const { queries, queryP95Ms, answered, backupAgeMs } = vitals
  const tests: Record<AlertName, boolean> = {
    database_down: !vitals.isDatabaseUp,
    redis_down: !vitals.isRedisUp,
    query_p95: queries >= samplesMin && (queryP95Ms ?? 0) > limits.queryP95Ms,
    slow_queries: vitals.slowQueries > 0,
    error_rate: answered >= samplesMin && vitals.errorPercent > limits.errorPercent,
    pool_use: vitals.poolUsePercent >= limits.poolUsePercent,
    overload: vitals.refused > 0,
    backup_overdue: backupAgeMs !== undefined && backupAgeMs > limits.backupAgeMs,
    backup_broken: vitals.isBackupBroken,
  }
  return alertNames.filter((name) => tests[name])
}

export const alertNames = [
  'database_down',
  'redis_down',
  'query_p95',
  'slow_queries',
  'error_rate',
  'pool_use',
  'overload',
  'backup_overdue',
  'backup_broken',
] as const

export type AlertName = (typeof alertNames)[number]

/** An alert that fires, or that has cleared. */
export interface Alert {
  readonly name: AlertName
  readonly firing_since: Date
  readonly cleared_at: Date | null
}

const clearedMax = 50

/** Remembers since when each alert fires, and which have cleared. */
export class AlertBoard {
  readonly #firing = new Map<AlertName, Alert>()
  readonly #cleared: Alert[] = []
  readonly #onChange: (alert: Alert) => void

  /** @param onChange told when an alert begins to fire, and when it clears */
  constructor(onChange: (alert: Alert) => void) {
    this.#onChange = onChange
  }

  /** Takes in what the last look has found. */
  update(worries: readonly AlertName[], now: Date): void {
    for (const name of worries) {
      if (this.#firing.has(name)) continue
      const alert: Alert = { name, firing_since: now, cleared_at: null }
      this.#firing.set(name, alert)
      this.#onChange(alert)
    }
    for (const [name, alert] of this.#firing) {
      if (worries.includes(name)) continue
      const cleared: Alert = { ...alert, cleared_at: now }
      this.#firing.delete(name)
      this.#cleared.unshift(cleared)
      this.#cleared.splice(clearedMax)
      this.#onChange(cleared)
    }
  }

  get firing(): Alert[] {
    return [...this.#firing.values()]
  }

  /** The latest first. */
  get cleared(): Alert[] {
    return [...this.#cleared]
  }
}
