import type { ClaimContext } from 'etalon'

/** What PostgreSQL answers to what its rules refuse. */
export const refused = { check: '23514', notNull: '23502', unique: '23505' } as const

/** What is tried, how it has to be refused, and the statement. */
export type Attempt = readonly [what: string, refusal: string, statement: string]

/** Tries statements that the database has to refuse: what was not refused by the right rule. */
export async function wronglyTaken(
  { sql }: ClaimContext,
  attempts: readonly Attempt[],
  values: readonly unknown[],
): Promise<unknown[]> {
  const wrong: unknown[] = []
  for (const [what, refusal, statement] of attempts) {
    const got = await sql.session(async (tx) => {
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
    if (got !== refusal) wrong.push({ what, refusal, got })
  }
  return wrong
}
