import { DatabaseError, Pool, types } from 'pg'
import { monotonicMs } from '../../kernel/clock.ts'
import type { Session } from '../session.ts'
import { planOf, type ExplainAnswer, type Plan } from './plan.ts'

/** Asks a database. Numbers of type bigint and numeric come as JavaScript numbers. */
export interface Sql {
  rows<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** The only row. @throws RangeError when there are none or several */
  one<Row>(text: string, values?: readonly unknown[]): Promise<Row>
  /** The only column of the only row. */
  value<Value>(text: string, values?: readonly unknown[]): Promise<Value>
  /** Runs a statement; gives how many rows it changed. */
  run(text: string, values?: readonly unknown[]): Promise<number>
  /** Executes a query and gives the plan it was executed by. */
  plan(text: string, values?: readonly unknown[]): Promise<Plan>
  /**
   * Runs `work` on one connection, for transactions and session settings. The connection is closed
   * after `work` threw, so that nothing of it stays open.
   */
  session<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

export interface SqlOptions {
  readonly url: string
  readonly session: Session
  /** Parallel connections at most. */
  readonly connections?: number
  /** As whom the evidence says the queries were run. */
  readonly role?: string
}

const rowsKeptMax = 20
/** Type ids of bigint and numeric, which pg gives as text. */
const numbersInText: ReadonlySet<number> = new Set([20, 1_700])

/** Opens a connection pool; queries are recorded with timing and their first rows. */
export function createSql(options: SqlOptions): Sql {
  const pool = new Pool({
    connectionString: options.url,
    max: options.connections ?? 8,
    application_name: 'etalon',
    types: { getTypeParser: numbersAsNumbers },
  })
  // A connection that breaks while idle (a fault, a restart) is replaced by the next query.
  pool.on('error', ignore)
  return sqlOn(pool, pool, options)
}

interface Executor {
  query(
    text: string,
    values: unknown[],
  ): Promise<{ readonly rows: unknown[]; readonly rowCount: number | null }>
}

function sqlOn(executor: Executor, pool: Pool, options: SqlOptions): Sql {
  const { evidence } = options.session
  const query = async (
    text: string,
    values: readonly unknown[] = [],
  ): Promise<{ rows: unknown[]; rowCount: number }> => {
    const startedAtMs = monotonicMs()
    const facts = { role: options.role ?? 'inspector', text: text.trim(), values }
    const durationMs = (): number => Number((monotonicMs() - startedAtMs).toFixed(3))
    try {
      const answer = await executor.query(text, [...values])
      const rowCount = answer.rowCount ?? 0
      const rows = answer.rows ?? []
      const kept = rows.slice(0, rowsKeptMax)
      evidence.record('sql', { ...facts, rowCount, rows: kept, durationMs: durationMs() })
      return { rows, rowCount }
    } catch (error) {
      evidence.record('sql', { ...facts, error, durationMs: durationMs() })
      throw error
    }
  }
  const rows = async <Row>(text: string, values?: readonly unknown[]): Promise<Row[]> =>
    (await query(text, values)).rows as Row[]
  const one = async <Row>(text: string, values?: readonly unknown[]): Promise<Row> => {
    const found = await rows<Row>(text, values)
    if (found.length === 1) return found[0] as Row
    throw new RangeError(`expected one row, found ${found.length}: ${text.trim()}`)
  }
  return {
    rows,
    one,
    value: async <Value>(text: string, values?: readonly unknown[]): Promise<Value> =>
      Object.values(await one<Record<string, Value>>(text, values))[0] as Value,
    run: async (text, values) => (await query(text, values)).rowCount,
    plan: async (text, values) => {
      const explain = `explain (analyze, buffers, format json) ${text}`
      const answer = await one<{ 'QUERY PLAN': [ExplainAnswer] }>(explain, values)
      return planOf(answer['QUERY PLAN'][0])
    },
    session: async (work) => {
      const client = await pool.connect()
      // One that breaks while `work` does something else tells it with its next query.
      client.on('error', ignore)
      let isSound = true
      const executor: Executor = {
        query: async (text, values) => {
          try {
            return await client.query<object>(text, values)
          } catch (error) {
            isSound &&= error instanceof DatabaseError && error.severity === 'ERROR'
            throw error
          }
        },
      }
      let isOver = false
      try {
        const result = await work(sqlOn(executor, pool, options))
        isOver = true
        return result
      } finally {
        client.off('error', ignore)
        // What threw may have left a transaction open, which must not become another's; what failed by
        // more than an error of its own was told that the connection ends, which shows on it only later.
        client.release(!isOver || !isSound)
      }
    },
    close: () => pool.end(),
  }
}

function ignore(): void {}

/** pg gives both as text, because they can exceed what a number holds; a claim's figures do not. */
function numbersAsNumbers(type: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (numbersInText.has(type)) return Number
  return types.getTypeParser(type, format) as (text: string) => unknown
}
