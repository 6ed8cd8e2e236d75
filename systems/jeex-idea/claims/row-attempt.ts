import type { Sql } from 'etalon'

/** What a database answers to a statement: `accepted`, or its SQLSTATE and the constraint. */
export interface Answered {
  readonly what: string
  readonly answer: string
  readonly constraint?: string
}

/** Tries statements one by one, and takes each back. */
export async function answersTo(
  sql: Sql,
  attempts: readonly (readonly [what: string, statement: string])[],
): Promise<Answered[]> {
  return sql.session(async (tx) => {
    const answers: Answered[] = []
    for (const [what, statement] of attempts) {
      await tx.run('begin')
      answers.push({ what, ...(await answerTo(tx, statement)) })
      await tx.run('rollback')
    }
    return answers
  })
}

async function answerTo(tx: Sql, statement: string): Promise<Omit<Answered, 'what'>> {
  try {
    await tx.run(statement)
    // A deferred constraint is looked at now instead of at the commit.
    await tx.run('set constraints all immediate')
    return { answer: 'accepted' }
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string }
    return { answer: code ?? String(error), ...(constraint === undefined ? {} : { constraint }) }
  }
}
