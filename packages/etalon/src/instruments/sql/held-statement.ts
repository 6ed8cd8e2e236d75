import { until } from '../../kernel/clock.ts'
import type { Sql } from './sql.ts'

const seenMsMax = 10_000

/**
 * The statement that a request really asks of a table, as the server sees it: the table is locked
 * until one waits for it. The request goes on then, and is waited for.
 *
 * @param sought tells it from others that may ask the same table meanwhile
 * @throws RangeError when none was seen within 10 s; what the request throws passes through
 */
export async function heldStatement(
  sql: Sql,
  { table, sought = /^\s*(select|with)\b/i }: { readonly table: string; readonly sought?: RegExp },
  request: () => PromiseLike<unknown>,
): Promise<string> {
  return sql.session(async (one) => {
    await one.run('begin')
    await one.run(`lock table ${table} in access exclusive mode`)
    const holder = await one.value<number>('select pg_backend_pid()')
    const answer = Promise.resolve(request())
    // It is waited for below; until then its error must not count as unhandled.
    answer.catch(() => {})
    let held: string | undefined
    try {
      held = await until(() => waitingFor(sql, holder, sought), {
        timeoutMs: seenMsMax,
        everyMs: 10,
      })
    } finally {
      await one.run('rollback')
    }
    await answer
    if (held === undefined) {
      throw new RangeError(`${table}: expected a statement like ${sought} within 10 s, found none`)
    }
    return held
  })
}

async function waitingFor(sql: Sql, holder: number, sought: RegExp): Promise<string | undefined> {
  const waiting = await sql.rows<{ query: string }>(
    'select query from pg_stat_activity where $1 = any (pg_blocking_pids(pid))',
    [holder],
  )
  return waiting.find(({ query }) => sought.test(query))?.query
}
