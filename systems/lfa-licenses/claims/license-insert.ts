import type { Prove, SystemHandle } from 'etalon'
import { refusals, wronglyAnswered, type Attempt } from './database-refusal.ts'
import { placeOf, type Specialization } from './license.ts'

/** Columns of a row, each with its value as SQL. */
export type RowValues = Readonly<Record<string, string>>

/** What a row of the table needs beside its user. */
const needed: Readonly<Record<Specialization, RowValues>> = {
  LFA_PLAYER: { age_group: `'AMATEUR'` },
  GANCUJU: {},
  INTERNSHIP: { expires_at: 'now()' },
  COACH: { expires_at: 'now()' },
}

/** The answer that inserting a licence with these values has to get. */
export type InsertCase = readonly [answer: string, values: RowValues]

const { check, notNull, foreignKey } = refusals
const accepted = 'accepted'

/** What every licence table answers: a licence belongs to a user that exists. */
export const commonCases: readonly InsertCase[] = [
  [accepted, {}],
  [accepted, { is_active: 'false' }],
  [notNull, { is_active: 'null' }],
  [notNull, { user_id: 'nullif($1::bigint, $1)' }],
  [foreignKey, { user_id: '-$1::bigint' }],
]

/** A count that may be nothing and never less. */
export function counts(...names: readonly string[]): InsertCase[] {
  return names.flatMap((name): InsertCase[] => [
    [check, { [name]: '-1' }],
    [notNull, { [name]: 'null' }],
    [accepted, { [name]: '0' }],
    [accepted, { [name]: '1000' }],
  ])
}

/** Levels as all tables that have any keep them. */
export const levelCases: readonly InsertCase[] = [
  [check, { current_level: '0' }],
  [check, { current_level: '9' }],
  [check, { max_achieved_level: '9' }],
  [notNull, { current_level: 'null' }],
  [accepted, { current_level: '1' }],
  [accepted, { current_level: '8' }],
]

/** Tries to insert licences of a user who has none, as the service's role and as superuser. */
export async function proveInserts(
  { system, prove }: { readonly system: SystemHandle; readonly prove: Prove },
  specialization: Specialization,
  userId: number,
  cases: readonly InsertCase[],
): Promise<void> {
  const attempts = cases.map(([answer, values]): Attempt => {
    const row = { user_id: '$1', ...needed[specialization], ...values }
    const text = `insert into ${placeOf[specialization].licenses}
      (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')})`
    return [JSON.stringify(values), answer, text, userId]
  })
  await proveAnswers({ system, prove }, 'rows', attempts)
}

/** Proves that both roles get the answers that the attempts have to get. */
export async function proveAnswers(
  { system, prove }: { readonly system: SystemHandle; readonly prove: Prove },
  what: string,
  attempts: readonly Attempt[],
): Promise<void> {
  const roles = [
    ['the service', system.sqlAs('app')],
    ['a superuser', system.sql],
  ] as const
  for (const [role, by] of roles) {
    prove(`${what} of ${role} answered wrongly`, await wronglyAnswered(by, attempts)).isEmpty()
  }
}
