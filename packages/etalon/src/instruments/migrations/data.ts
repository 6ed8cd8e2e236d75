import type { Client } from 'pg'
import { inScope, ownObject } from './catalogue/scope.ts'

/** The columns of each table with their types. Names are quoted where SQL wants that. */
export type Shape = ReadonlyMap<string, ReadonlyMap<string, string>>

/** What a table holds, whatever the order of its rows and columns. */
export interface TableData {
  readonly table: string
  readonly rows: number
  /** Two sums over the halves of the MD5 of every row: equal rows, equal sums. */
  readonly checksum: string
}

interface ColumnRow {
  readonly table: string
  readonly column: string | null
  readonly type: string
}

const columnsQuery = `
  select format('%I.%I', n.nspname, c.relname) as "table", quote_ident(a.attname) as "column",
    format_type(a.atttypid, a.atttypmod) as type
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where ${inScope} and c.relkind = 'r' and ${ownObject(`'pg_class'`, 'c.oid')}
  order by 1, 2`

/** Reads which tables hold rows, and their columns. */
export async function readShape(client: Client): Promise<Shape> {
  const { rows } = await client.query<ColumnRow>(columnsQuery)
  const shape = new Map<string, Map<string, string>>()
  for (const { table, column, type } of rows) {
    const columns = shape.get(table) ?? new Map<string, string>()
    if (column !== null) columns.set(column, type)
    shape.set(table, columns)
  }
  return shape
}

/** The columns that both have, of the same type: what both versions of a schema know. */
export function commonShape(one: Shape, other: Shape): Shape {
  const common = new Map<string, Map<string, string>>()
  for (const [table, columns] of one) {
    const others = other.get(table)
    if (!others) continue
    const same = [...columns].filter(([column, type]) => others.get(column) === type)
    common.set(table, new Map(same))
  }
  return common
}

/**
 * Counts the rows of each table and sums up the hashes of what the columns of `shape` hold.
 *
 * @param counted tables whose rows are only counted
 */
export async function readData(
  client: Client,
  shape: Shape,
  counted: readonly string[] = [],
): Promise<TableData[]> {
  const tables: TableData[] = []
  for (const [table, columns] of shape) {
    const names = [...columns.keys()].sort().join(', ')
    const { rows } = await client.query<{ rows: string; checksum: string }>(
      `select count(*) as rows, ${half(1)} || ':' || ${half(17)} as checksum
       from (select md5(row(${names})::text) as hash from only ${table}) hashed`,
    )
    const found = rows[0]
    const checksum = counted.includes(table) ? 'not read' : (found?.checksum ?? '')
    tables.push({ table, rows: Number(found?.rows), checksum })
  }
  return tables
}

/** The sum of 64 bits of the hashes; a sum counts a row twice that is there twice. */
function half(from: number): string {
  return `coalesce(sum(('x' || substr(hash, ${from}, 16))::bit(64)::bigint::numeric), 0)::text`
}

/** How far each sequence has come; one that was never asked is left out. */
export async function readPositions(client: Client): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await client.query<{ sequence: string; position: string }>(
    `select format('%I.%I', n.nspname, n.sequencename) as sequence, n.last_value as position
     from (select schemaname as nspname, sequencename, last_value from pg_sequences) n
     where ${inScope} and n.last_value is not null order by 1`,
  )
  return new Map(rows.map(({ sequence, position }) => [sequence, BigInt(position)]))
}
