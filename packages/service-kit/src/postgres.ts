import { Client, Pool, types, type QueryConfig, type QueryResult, type QueryResultRow } from 'pg'

/** What runs SQL: the pool, or the connection of a transaction. */
export interface Sql {
  query<Row extends QueryResultRow>(query: QueryConfig): Promise<QueryResult<Row>>
}

/** How many connections a pool has, and for how long. */
export interface PoolBounds {
  readonly poolMax: number
  /** Connections that are kept when idle; the others are closed after `idleMs`. None by default. */
  readonly poolMin?: number
  /** How long a connection above `poolMin` may be idle; a minute by default. */
  readonly idleMs?: number
  /** How long to wait for a connection; 5,000 by default. */
  readonly acquireTimeoutMs?: number
  /** A connection that has not answered by then is given up; without it, it is waited for. */
  readonly answerTimeoutMs?: number
}

/** Options of {@link connectPostgres}. */
export interface PostgresOptions extends PoolBounds {
  readonly url: string
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string
  /** Sends statements without waiting for the answers to those before. */
  readonly pipeline?: boolean
  /** The server ends a statement that takes longer. */
  readonly statementTimeoutMs: number
  /** Told of a connection that broke while idle; the pool replaces it. */
  readonly onIdleError: (error: Error) => void
}

const parsers = new Map<number, (text: string) => unknown>([
  [types.builtins.INT8, Number],
  [types.builtins.NUMERIC, Number],
  // A calendar day has no time zone, so it stays `YYYY-MM-DD`.
  [types.builtins.DATE, String],
])

const getTypeParser = ((oid, format) =>
  parsers.get(oid) ?? types.getTypeParser(oid, format)) as typeof types.getTypeParser

/**
 * Opens a pool; the first connection is made by the first query. `bigint` and `numeric` come back
 * as numbers, `date` as text, `timestamptz` as `Date`. Sessions run in UTC.
 */
export function connectPostgres(options: PostgresOptions): Pool {
  const pool = new Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.poolMax,
    statement_timeout: options.statementTimeoutMs,
    connectionTimeoutMillis: options.acquireTimeoutMs ?? 5_000,
    min: options.poolMin ?? 0,
    idleTimeoutMillis: options.idleMs ?? 60_000,
    query_timeout: options.answerTimeoutMs,
    ...(options.pipeline === true ? { pipeline: true } : {}),
    keepAlive: true,
    options: '-c TimeZone=UTC',
    types: { getTypeParser },
  })
  pool.on('error', options.onIdleError)
  pool.on('connect', (client) => client.on('error', toldByItsQuery))
  return pool
}

/** Options of {@link createSession}. */
export type SessionOptions = Pick<
  PostgresOptions,
  'url' | 'applicationName' | 'statementTimeoutMs' | 'answerTimeoutMs'
>

/**
 * One connection that is not of a pool, for what belongs to a connection: a lock that ends with
 * it, or LISTEN. It is not connected yet. Both ends notice within seconds that the other is gone.
 */
export function createSession(options: SessionOptions): Client {
  return new Client({
    connectionString: options.url,
    application_name: options.applicationName,
    statement_timeout: options.statementTimeoutMs,
    connectionTimeoutMillis: 2_000,
    query_timeout: options.answerTimeoutMs,
    keepAlive: true,
    options:
      '-c TimeZone=UTC -c tcp_keepalives_idle=1 -c tcp_keepalives_interval=1 ' +
      '-c tcp_keepalives_count=3 -c tcp_user_timeout=3000',
    types: { getTypeParser },
  })
}

/**
 * The pool listens to a connection only while it is idle. The loss of one in use is told by the
 * query that fails, but its event would end the process if nobody listened.
 */
function toldByItsQuery(): void {
  // Nothing to do.
}

/** Runs a prepared statement on a pool or in a transaction, and gives its rows. */
export type Statement<Row, Values extends readonly unknown[]> = (
  sql: Sql,
  ...values: Values
) => Promise<Row[]>

/**
 * Defines a prepared statement once; each connection plans it the first time it is used there.
 * The name must be unique in the process.
 */
export function statement<Row extends QueryResultRow, Values extends readonly unknown[]>(
  name: string,
  text: string,
): Statement<Row, Values> {
  return async (sql, ...values) => (await sql.query<Row>({ name, text, values: [...values] })).rows
}
