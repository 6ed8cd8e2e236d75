import { statement, type Sql } from 'service-kit'

/** A change of a level that somebody decided. */
export interface Progression {
  readonly specialization: 'GANCUJU' | 'COACH'
  readonly licenseId: number
  readonly fromLevel: number
  readonly toLevel: number
  readonly advancedBy: number
  readonly reason: string | null
  /** What was required and what there was; kept as evidence. */
  readonly requirementsMet: unknown
  readonly isOverride: boolean
  readonly at: Date
}

type Values = [number, number, number, number, string | null, string, boolean, Date]

const insertOf = {
  GANCUJU: insertFor('gancuju'),
  COACH: insertFor('coach'),
}

function insertFor(prefix: string): (sql: Sql, ...values: Values) => Promise<unknown> {
  return statement<never, Values>(
    `${prefix}-progression-insert`,
    `insert into license_progressions
       (${prefix}_license_id, from_level, to_level, advanced_by, advancement_reason,
        requirements_met, is_override, advanced_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
  )
}

/** Writes the one row that a change of level gets. */
export async function recordProgression(tx: Sql, progression: Progression): Promise<void> {
  const { licenseId, fromLevel, toLevel, advancedBy, reason, isOverride, at } = progression
  const met = JSON.stringify(progression.requirementsMet)
  const insert = insertOf[progression.specialization]
  await insert(tx, licenseId, fromLevel, toLevel, advancedBy, reason, met, isOverride, at)
}
