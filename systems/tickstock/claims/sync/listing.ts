import { claim, type Sql, type SystemHandle } from 'etalon'
import { whileBroken } from '../broken-table.ts'
import { command } from '../command.ts'
import { clearMarket, listEtfs, listStocks, membersOf, openTheme } from './market.ts'
import { dayAfter, eventfulDay, happenings, quietDay, settledMarket } from './scene.ts'
import { changesOf, lastPosition, messagesSince, synchronize, type Run } from './synchronization.ts'

claim('TICK-SYN-05', async ({ sql, prove }) => {
  await settledMarket(sql)
  const position = await lastPosition(sql)
  await listStocks(sql, [
    { symbol: 'NEWMID', cap: 3e9, sector: 'Energy', listedDaysAgo: 2 },
    { symbol: 'NEWTINY', cap: 1e6, sector: 'Health Care', listedDaysAgo: 28 },
    { symbol: 'NEWDARK', cap: null, listedDaysAgo: 2 },
    { symbol: 'NOTNEW', cap: 3e9, sector: 'Energy', listedDaysAgo: 32 },
  ])
  await listEtfs(sql, [
    { symbol: 'NEWETF', listedDaysAgo: 2 },
    { symbol: 'NEWPOOR', aum: 1e6, listedDaysAgo: 2 },
  ])
  const first = await synchronize(sql, eventfulDay)
  prove('who was assigned, and where', await assigned(sql, first)).equals([
    'NEWETF etf_growth',
    'NEWMID mid_cap',
    'NEWMID sector_energy',
    'NEWTINY sector_health_care',
  ])
  const told = await messagesSince(sql, position, 'tickstock.cache.ipo_assignment')
  prove(
    'what was told of them, once each',
    told.map(({ symbol, universes }) => ({ symbol, universes })),
  ).equals([
    { symbol: 'NEWETF', universes: ['etf_growth'] },
    { symbol: 'NEWMID', universes: ['mid_cap', 'sector_energy'] },
    { symbol: 'NEWTINY', universes: ['sector_health_care'] },
  ])
  prove(
    'a reason with each',
    told.every(({ reason }) => String(reason) !== ''),
  ).isTrue()
  prove('a symbol that is older', await universesOf(sql, 'NOTNEW')).equals([
    'mid_cap market_cap',
    'sector_energy theme_rebalance',
  ])
  await sql.run(`update symbols set market_cap = 60e9 where symbol = 'NEWDARK'`)
  const second = await synchronize(sql, dayAfter)
  prove('once its size is known', await assigned(sql, second)).equals(['NEWDARK large_cap'])
})

claim('TICK-SYN-06', async ({ system, sql, prove }) => {
  await clearMarket(sql)
  await load(system)
  await openTheme(sql, 'bonds', ['AGG', 'BND', 'TLT'])
  await synchronize(sql, quietDay)
  const gone = ['AGG', 'CAAAB', 'CAAAC']
  const before = await memberships(sql)
  const then = await sql.value<Date>('select clock_timestamp()')
  const position = await lastPosition(sql)
  const delisted = gone.map((symbol) => `${symbol}=${dayAfter}`)
  prove('rows that are written of those delisted', await load(system, ...delisted)).equals(3)
  prove('rows that are written of a part without them', await load(system)).equals(0)
  prove('of one that is yet to be', await load(system, 'CAAAD=2099-01-05')).equals(0)
  await synchronize(sql, eventfulDay)
  const isGone = (membership: string): boolean => gone.includes(membership.split(' ')[0] ?? '')
  prove('what they were in', before.filter(isGone).length).isAtLeast(10)
  prove('what is left', await memberships(sql)).equals(before.filter((each) => !isGone(each)))
  prove('what was, at the time before', await memberships(sql, then)).equals(before)
  const reasons = await sql.rows(
    `select distinct reason from sync_changes_log where change_type = 'delisting_cleanup'`,
  )
  prove('why', reasons).equals([{ reason: `delisted on ${dayAfter}` }])
  const told = await messagesSince(sql, position, 'tickstock.cache.delisting_cleanup')
  prove(
    'what was told of them, once each',
    told.map(({ symbol, universes }) => ({ symbol, universes })),
  ).equals(
    gone.map((symbol) => ({
      symbol,
      universes: before
        .filter((each) => each.startsWith(`${symbol} `))
        .map((each) => each.split(' ')[1]),
    })),
  )
  prove('the list that readers see', await listedIn(sql, 'etf_bonds')).equals(
    await membersOf(sql, 'etf_bonds'),
  )
})

claim(['TICK-SYN-05', 'TICK-SYN-06'], { name: 'half' }, async ({ sql, prove }) => {
  await settledMarket(sql)
  await happenings(sql)
  const before = await memberships(sql)
  const position = await lastPosition(sql)
  // The first universe of each task can be changed, the next one cannot.
  const check = `cache_key not in ('sector_energy', 'sector_utilities')`
  await whileBroken(sql, { table: 'universe_members', check }, async () => {
    const { task_results: results } = await synchronize(sql, eventfulDay)
    for (const task of ['ipo_assignment', 'delisting_cleanup']) {
      prove(`how ${task} ended`, results[task]).holds({ status: 'failed', changes: 1 })
    }
    prove('how the rebalancing ended', results['theme_rebalance']?.status).equals('completed')
  })
  prove('how the next day ended', (await synchronize(sql, dayAfter)).status).equals('completed')
  prove('what put the new listing where it is', await universesOf(sql, 'NEWCO')).equals([
    'mid_cap ipo_assignment',
    'sector_energy ipo_assignment',
  ])
  const told = async (channel: string): Promise<string[]> =>
    (await messagesSince(sql, position, channel)).map(
      ({ symbol, universes }) => `${String(symbol)} ${String(universes)}`,
    )
  prove('what was told of it, once each', await told('tickstock.cache.ipo_assignment')).equals([
    'NEWCO mid_cap',
    'NEWCO sector_energy',
  ])
  const [first = '', ...rest] = before
    .filter((each) => each.startsWith('SAAH '))
    .map((each) => each.replace('SAAH ', ''))
  prove(
    'what was told of the one delisted',
    await told('tickstock.cache.delisting_cleanup'),
  ).equals([`SAAH ${first}`, `SAAH ${rest.join(',')}`])
})

/** Has the producer load ETFs and a few companies; gives how many rows of symbols it wrote. */
async function load(system: SystemHandle, ...delisted: readonly string[]): Promise<number> {
  const named = delisted.length === 0 ? [] : ['--delisted', ...delisted]
  const stocks = delisted.length === 0 ? '20' : '10'
  const words = ['reference', 'load', '--stocks', stocks, ...named]
  const { code, stderr, result } = await command<{ symbols: number }>(system, ...words)
  if (code !== 0) throw new Error(`the reference was not loaded: ${stderr}`)
  return result.symbols
}

async function assigned(sql: Sql, run: Run): Promise<string[]> {
  const changes = await changesOf(sql, run)
  return changes
    .filter(({ change_type }) => change_type === 'ipo_assignment')
    .map(({ symbol, universe }) => `${symbol} ${universe}`)
    .toSorted()
}

/** The universes that a symbol is in, with what put it there; the lists of the largest aside. */
async function universesOf(sql: Sql, symbol: string): Promise<string[]> {
  const rows = await sql.rows<{ place: string }>(
    `select universe || ' ' || change_type as place from sync_changes_log
     where symbol = $1 and action = 'added' and universe not like 'top%' order by 1`,
    [symbol],
  )
  return rows.map(({ place }) => place)
}

/** Every membership that held at a time, now unless it is given. */
async function memberships(sql: Sql, at?: Date): Promise<string[]> {
  const rows = await sql.rows<{ membership: string }>(
    `select symbol || ' ' || cache_key as membership from universe_members
     where valid_from <= coalesce($1, clock_timestamp())
       and (valid_to is null or valid_to > coalesce($1, clock_timestamp()))
     order by symbol, cache_key`,
    [at],
  )
  return rows.map(({ membership }) => membership)
}

function listedIn(sql: Sql, key: string): Promise<string[]> {
  return sql.value('select symbols from cache_entries where cache_key = $1', [key])
}
