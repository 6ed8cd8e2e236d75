import type { Sql } from 'etalon'

/** What PostgreSQL answers to a wrong statement; `accepted` when it took it. */
export const refusals = {
  check: '23514',
  notNull: '23502',
  unique: '23505',
  foreignKey: '23503',
  generated: '428C9',
  forbidden: '42501',
} as const

/**
 * Tries a statement and takes it back whatever comes: gives the SQLSTATE with which the database
 * refused it, or `accepted`.
 */
export async function answerTo(
  sql: Sql,
  statement: string,
  values: readonly unknown[] = [],
): Promise<string> {
  return sql.session(async (tx) => {
    await tx.run('begin')
    try {
      await tx.run(statement, values)
      return 'accepted'
    } catch (error) {
      return (error as { code?: string }).code ?? String(error)
    } finally {
      await tx.run('rollback')
    }
  })
}

/** A statement, what it tries, and the answer that it has to get. */
export type Attempt = readonly [what: string, answer: string, statement: string, ...unknown[]]

/** The attempts that were not answered as they have to be. */
export async function wronglyAnswered(
  sql: Sql,
  attempts: readonly Attempt[],
): Promise<{ what: string; expected: string; found: string }[]> {
  const wrong: { what: string; expected: string; found: string }[] = []
  for (const [what, expected, statement, ...values] of attempts) {
    const found = await answerTo(sql, statement, values)
    if (found !== expected) wrong.push({ what, expected, found })
  }
  return wrong
}
