import { readSchema, type Sql } from 'etalon'

/** The columns of a table, each with its type, as the catalogue has them. */
export async function columnsOf(
  sql: Sql,
  table: string,
): Promise<Readonly<Record<string, string>>> {
  const { columns } = await readSchema(sql)
  const own = columns.filter((fact) => fact.table === table)
  return Object.fromEntries(
    own.map(({ column, type, notNull, generated }) => {
      const facts = [type, notNull && 'not null', generated && 'generated']
      return [column, facts.filter((fact) => fact !== false).join(' ')]
    }),
  )
}

/** The columns whose name matches. */
export function namesLike(columns: Readonly<Record<string, string>>, pattern: RegExp): string[] {
  return Object.keys(columns).filter((name) => pattern.test(name))
}
