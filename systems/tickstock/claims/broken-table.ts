import type { Sql } from 'etalon'

/** A table, and what of it alone may still be written. */
interface BrokenTable {
  readonly table: string
  readonly check: string
}

/** Does work while a table refuses all rows, written or changed, that do not meet the check. */
export async function whileBroken(
  sql: Sql,
  { table, check }: BrokenTable,
  work: () => Promise<void>,
): Promise<void> {
  await sql.run(`alter table ${table} add constraint broken check (${check}) not valid`)
  try {
    await work()
  } finally {
    await sql.run(`alter table ${table} drop constraint broken`)
  }
}
