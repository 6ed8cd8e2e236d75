import type { Sql } from 'service-kit'

let count = 0

/** Runs work inside a transaction; when it throws, only what it did is undone. */
export async function withSavepoint<Result>(tx: Sql, work: () => Promise<Result>): Promise<Result> {
  count += 1
  const name = `nested_${count}`
  await tx.query({ text: `savepoint ${name}` })
  try {
    const result = await work()
    await tx.query({ text: `release savepoint ${name}` })
    return result
  } catch (error) {
    await tx.query({ text: `rollback to savepoint ${name}` })
    throw error
  }
}
