import { readSchema, type Sql } from 'etalon'

/** The columns of a table as a schema file would write them, by name. */
export async function columnsOf(sql: Sql, table: string): Promise<Record<string, string>> {
  const { columns } = await readSchema(sql)
  return Object.fromEntries(
    columns
      .filter((column) => column.table === table)
      .map(({ column, type, notNull, default: fallback }) => [
        column,
        [type, notNull ? 'not null' : '', fallback === null ? '' : `default ${fallback}`]
          .filter((part) => part !== '')
          .join(' '),
      ]),
  )
}
