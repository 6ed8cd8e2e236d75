import type { Sql } from 'etalon'

/** SQLSTATE of what the database refuses. */
export const refusals = {
  check: '23514',
  foreignKey: '23503',
  notNull: '23502',
  unique: '23505',
  tooLong: '22001',
  forbidden: '42501',
} as const

/** A statement and how it has to be answered: `accepted` or an SQLSTATE. */
export type Attempt = readonly [what: string, statement: string, expected: string]

/** Tries each statement, leaving nothing behind; gives those that were answered otherwise. */
export async function wronglyAnswered(sql: Sql, attempts: readonly Attempt[]): Promise<object[]> {
  const wrong: object[] = []
  for (const [what, statement, expected] of attempts) {
    const found = await sql.session(async (session) => {
      await session.run('begin')
      const answer = await session.run(statement).then(
        () => 'accepted',
        (error: unknown) => (error as { code?: string }).code ?? String(error),
      )
      await session.run('rollback')
      return answer
    })
    if (found !== expected) wrong.push({ what, expected, found })
  }
  return wrong
}
