import type { QueryResultRow } from 'pg'
import type { Sql } from 'service-kit'
import { readCursor, writeCursor, type Cursor, type SortType } from '../cursor.ts'
import type { Listed, ListRequest } from '../schema/list.ts'

/** A list, newest first. */
export interface ListQuery {
  /** Unique among the lists. */
  readonly name: string
  readonly columns: string
  readonly table: string
  /** Conditions; `?` stands for the value. Those without a value do not count. */
  readonly where: Readonly<Record<string, unknown>>
  /** The column that it is sorted by before the id, which never changes, and its type. */
  readonly sortBy: string
  readonly sortType: SortType
  /** Counts quicker than by counting rows. */
  readonly count?: (sql: Sql) => Promise<number>
}

/** A query's text and values, put together from its conditions. */
interface Composed {
  readonly name: string
  readonly where: string
  readonly values: unknown[]
}

/** Reads a part of a list, and how long the whole list is. */
export async function readList<Row extends QueryResultRow & { id: string }>(
  sql: Sql,
  query: ListQuery,
  request: ListRequest,
): Promise<Listed<Row>> {
  const composed = compose(query)
  const [rows, total] = await Promise.all([
    readRows<Row>(sql, query, composed, request),
    query.count?.(sql) ?? countRows(sql, query, composed),
  ])
  const items = rows.slice(0, request.per_page)
  const last = items.at(-1)
  const isMore = rows.length > items.length && last !== undefined
  return {
    items,
    page: request.cursor === undefined ? request.page : null,
    per_page: request.per_page,
    total,
    total_pages: Math.ceil(total / request.per_page),
    next_cursor: isMore ? writeCursor(cursorOf(last, query.sortBy)) : null,
  }
}

async function readRows<Row extends QueryResultRow>(
  sql: Sql,
  { columns, table, sortBy, sortType }: ListQuery,
  composed: Composed,
  request: ListRequest,
): Promise<Row[]> {
  const values = [...composed.values]
  const put = (value: unknown): string => `$${values.push(value)}`
  let { where, name } = composed
  let offset = ''
  if (request.cursor === undefined) {
    offset = `offset ${put((request.page - 1) * request.per_page)}`
  } else {
    const after = readCursor(request.cursor, sortType)
    where += ` and (${sortBy}, id) < (${put(after.value)}::${sortType}, ${put(after.id)}::uuid)`
    name += '-after'
  }
  const text = `select ${columns} from ${table} where ${where}
    order by ${sortBy} desc, id desc limit ${put(request.per_page + 1)} ${offset}`
  return (await sql.query<Row>({ name, text, values })).rows
}

async function countRows(sql: Sql, { table }: ListQuery, composed: Composed): Promise<number> {
  const { rows } = await sql.query<{ total: number }>({
    name: `${composed.name}-count`,
    text: `select count(*) as total from ${table} where ${composed.where}`,
    values: composed.values,
  })
  return rows[0]?.total ?? 0
}

function compose({ name, where }: ListQuery): Composed {
  const values: unknown[] = []
  const used = Object.entries(where).filter(([, value]) => value !== undefined)
  const conditions = used.map(([condition, value]) =>
    condition.includes('?') ? condition.replace('?', `$${values.push(value)}`) : condition,
  )
  // Another set of conditions is another prepared statement, whose name PostgreSQL cuts off after
  // 63 characters.
  const shape = Object.values(where)
    .map((value) => (value === undefined ? '0' : '1'))
    .join('')
  return { name: `${name}-${shape}`, where: conditions.join(' and '), values }
}

function cursorOf(row: QueryResultRow & { id: string }, sortBy: string): Cursor {
  const value = row[sortBy] as Date | number
  return { value: value instanceof Date ? value.toISOString() : value, id: row.id }
}
