import { claim, eventually, type Sql, type SystemHandle } from 'etalon'
import { clearMarket, listEtfs, openTheme, symbolNames } from './market.ts'
import { dayAfter, eventfulDay } from './scene.ts'
import { endedRun, synchronize, tellEnd, type Run } from './synchronization.ts'

const stockCount = 20_000

claim(
  'TICK-SYN-09',
  { name: 'load', isolation: 'quiet', timeoutMs: 120_000 },
  async ({ sql, system, prove, note }) => {
    await clearMarket(sql)
    await listMarket(sql)
    const { run, reads } = await synchronizeWhileRead(system, eventfulDay)
    prove('the first run over 20,000 stocks', run).holds({
      status: 'completed',
      within_window: true,
    })
    note('reads meanwhile', { ...reads })
    prove('how long it took', durationMs(run)).isBelow(1_800_000, 'ms')
    prove('memberships that it made', changeCount(run)).isAtLeast(30_000)
    prove('reads meanwhile', reads.count).isAtLeast(20)
  },
)

claim(
  'TICK-SYN-11',
  { isolation: 'quiet', timeoutMs: 180_000 },
  async ({ sql, system, prove, note }) => {
    await clearMarket(sql)
    await listMarket(sql)
    await synchronize(sql, eventfulDay)
    await moveMarket(sql)
    const { run, locks, reads } = await synchronizeWhileRead(system, dayAfter)
    note('the run', { changes: changeCount(run), durationMs: durationMs(run), ...locks, ...reads })
    prove('how it ended', run.status).equals('completed')
    prove('memberships that it changed', changeCount(run)).isAtLeast(1_000)
    prove('looks at a transaction that had written', locks.samples).isAtLeast(10)
    prove('the longest that rows were locked', locks.heldMsMax).isBelow(100, 'ms')
    prove('locks that keep readers or writers of a table away', locks.strong).isEmpty()
    prove('reads meanwhile', reads.count).isAtLeast(20)
    prove('readers that waited for a lock', locks.waitingReaders).equals(0)
  },
)

/** Synchronizes a day, with somebody who reads and somebody who looks at the locks. */
async function synchronizeWhileRead(
  system: SystemHandle,
  day: string,
): Promise<{ readonly run: Run; readonly locks: Locks; readonly reads: Reads }> {
  const { sql } = system
  let isOver = false
  const synchronizing = async (): Promise<Run> => {
    await tellEnd(sql, day)
    return endedRun(sql, day).finally(() => (isOver = true))
  }
  const [run, locks, reads] = await Promise.all([
    synchronizing(),
    watchLocks(sql, () => isOver),
    read(system.sqlAs('consumer'), () => isOver),
  ])
  return { run, locks, reads }
}

const changeCount = (run: Run): number =>
  Object.values(run.task_results).reduce((sum, { changes }) => sum + changes, 0)

const durationMs = ({ started_at, finished_at }: Run): number =>
  (finished_at?.getTime() ?? Number.POSITIVE_INFINITY) - started_at.getTime()

/** As many stocks as there may be, of the sizes that companies have, and some ETFs. */
async function listMarket(sql: Sql): Promise<void> {
  await sql.run(
    `insert into symbols (symbol, name, type, sector, market_cap, initial_load_date)
     select 'L' || chr(65 + n / 17576) || chr(65 + n / 676 % 26) || chr(65 + n / 26 % 26)
         || chr(65 + n % 26),
       'stock ' || n, 'CS',
       (array['Energy', 'Utilities', 'Health Care', 'Materials', 'Financials'])[1 + n % 5],
       round(5e6 * power(10, 5.7 * power(hashtext('cap' || n)::float8 / 4294967296 + 0.5, 1.6))),
       current_date - 1000
     from generate_series(0, $1::integer - 1) as n`,
    [stockCount],
  )
  const etfs = symbolNames('E', 288)
  await listEtfs(
    sql,
    etfs.map((symbol) => ({ symbol })),
  )
  await openTheme(sql, 'growth', etfs)
  await sql.run('analyze symbols')
}

/** A day on which every company moves by up to a fifth, and every fiftieth is gone. */
async function moveMarket(sql: Sql): Promise<void> {
  await sql.run(
    `update symbols set
       market_cap = round(market_cap * (0.8 + 0.4 * (hashtext(symbol)::float8 / 4294967296 + 0.5))),
       active = abs(hashtext('gone' || symbol)) % 50 <> 0
     where type = 'CS'`,
  )
}

interface Reads {
  readonly count: number
  readonly readMsMax: number
}

interface Locks {
  readonly samples: number
  /** The longest that a transaction held rows. */
  readonly heldMsMax: number
  readonly strong: readonly string[]
  readonly waitingReaders: number
}

/**
 * Looks again and again at what the synchronizer has locked. A transaction holds rows at the longest
 * since the last look at which it had not written yet, or else since its begin.
 */
async function watchLocks(sql: Sql, isOver: () => boolean): Promise<Locks> {
  let samples = 0
  let heldMsMax = 0
  let waitingReaders = 0
  const strong = new Set<string>()
  const unwrittenAtMs = new Map<string, number>()
  const look = async (): Promise<boolean> => {
    const [transactions, seen] = await Promise.all([
      sql.rows<Transaction>(openTransactions),
      sql.one<{ strong: string[]; waiting: number }>(locksHeld),
    ])
    for (const { pid, began_ms, has_written, asked_ms, told_ms } of transactions) {
      const transaction = `${pid} ${began_ms}`
      if (!has_written) {
        unwrittenAtMs.set(transaction, asked_ms)
        continue
      }
      samples += 1
      heldMsMax = Math.max(heldMsMax, told_ms - (unwrittenAtMs.get(transaction) ?? began_ms))
    }
    waitingReaders += seen.waiting
    for (const mode of seen.strong) strong.add(mode)
    return isOver()
  }
  await eventually(look, 120_000)
  return { samples, heldMsMax: Math.round(heldMsMax), strong: [...strong], waitingReaders }
}

/** One of the synchronizer's, as a look sees it; by the server's clock, in milliseconds. */
interface Transaction {
  readonly pid: number
  readonly began_ms: number
  readonly has_written: boolean
  readonly asked_ms: number
  readonly told_ms: number
}

const openTransactions = `
  select pid, backend_xid is not null as has_written,
    (extract(epoch from xact_start) * 1000)::float8 as began_ms,
    (extract(epoch from statement_timestamp()) * 1000)::float8 as asked_ms,
    (extract(epoch from clock_timestamp()) * 1000)::float8 as told_ms
  from pg_stat_activity
  where application_name = 'tickstock-producer' and xact_start is not null`

const locksHeld = `
  select
    array(
      select distinct lock.mode || ' on ' || lock.relation::regclass
      from pg_locks as lock join pg_stat_activity as who on who.pid = lock.pid
      where who.application_name = 'tickstock-producer' and lock.locktype = 'relation'
        and lock.mode not in ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock')
    ) as strong,
    (select count(*) from pg_locks as lock join pg_stat_activity as who on who.pid = lock.pid
     where not lock.granted and who.application_name not like 'tickstock%') as waiting`

/** Reads universes as the consumer does, again and again. */
async function read(reader: Sql, isOver: () => boolean): Promise<Reads> {
  let count = 0
  let readMsMax = 0
  const look = async (): Promise<boolean> => {
    const beganAt = performance.now()
    await reader.rows(
      `select entry.cache_key, jsonb_array_length(entry.symbols), count(member.symbol)
       from cache_entries as entry
       left join universe_members as member
         on member.cache_key = entry.cache_key and member.valid_to is null
       where entry.cache_key in ('top_500', 'mega_cap') group by entry.id`,
    )
    count += 1
    readMsMax = Math.max(readMsMax, performance.now() - beganAt)
    return isOver()
  }
  await eventually(look, 120_000)
  return { count, readMsMax: Math.round(readMsMax) }
}
