import type { Sql } from 'etalon'

/** How the licence of a pair is written. */
type Write = 'insert' | 'update'

/**
 * Lets the database refuse one kind of write to a user's coupled licences, as a full disk or a lost
 * constraint would, while `work` runs.
 */
export async function withFailingLicense<Result>(
  sql: Sql,
  { userId, write }: { readonly userId: number; readonly write: Write },
  work: () => Promise<Result>,
): Promise<Result> {
  const name = `failing_${write}_${userId}`
  await sql.run(
    `create function ${name}() returns trigger language plpgsql as
     $$ begin raise exception 'the disk is full' using errcode = '53100'; end $$`,
  )
  await sql.run(
    `create trigger ${name} before ${write} on user_licenses for each row
     when (new.user_id = ${userId}) execute function ${name}()`,
  )
  try {
    return await work()
  } finally {
    await sql.run(`drop function ${name} cascade`)
  }
}
