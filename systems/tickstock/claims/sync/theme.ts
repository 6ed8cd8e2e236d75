import { claim, type Sql } from 'etalon'
import { clearMarket, listEtfs, listStocks, membersOf, openTheme } from './market.ts'
import { addBars, dayAfter, eventfulDay, quietDay } from './scene.ts'
import { changesOf, synchronize } from './synchronization.ts'

claim('TICK-SYN-07', async ({ sql, prove }) => {
  await clearMarket(sql)
  const etfs = ['FAILA', 'FAILB', 'FEWBARS', 'NOBARS', 'OLDFAIL', 'WEAK']
  await listEtfs(
    sql,
    etfs.map((symbol) => (symbol === 'WEAK' ? { symbol, volume: 1 } : { symbol })),
  )
  await openTheme(sql, 'growth', etfs)
  await listStocks(sql, [
    { symbol: 'MOVER', cap: 3e9, sector: 'Energy' },
    { symbol: 'STAYER', cap: 3e9, sector: 'Energy' },
    { symbol: 'UNSURE', cap: 3e9, sector: 'Energy' },
  ])
  await synchronize(sql, quietDay)
  const [low, enough] = [4_999_999, 5_000_000]
  // Thirty trading days end with the eventful one; the first of them is 20 February.
  await addBars(sql, 'FAILA', { from: '2026-02-20', to: '2026-03-05', volume: enough })
  await addBars(sql, 'FAILA', { from: '2026-03-06', to: eventfulDay, volume: low })
  await addBars(sql, 'FAILB', { from: '2026-02-20', to: '2026-03-06', volume: enough })
  await addBars(sql, 'FAILB', { from: '2026-03-09', to: eventfulDay, volume: low })
  await addBars(sql, 'FEWBARS', { from: '2026-03-09', to: eventfulDay, volume: low })
  await addBars(sql, 'OLDFAIL', { from: '2026-01-05', to: '2026-02-19', volume: low })
  await addBars(sql, 'OLDFAIL', { from: '2026-02-20', to: eventfulDay, volume: enough })
  await addBars(sql, 'WEAK', { from: '2026-02-20', to: eventfulDay, volume: enough })
  await sql.run(`update symbols set sector = 'Health Care' where symbol = 'MOVER'`)
  await sql.run(`update symbols set sector = null where symbol = 'UNSURE'`)
  const run = await synchronize(sql, eventfulDay)
  const changes = await changesOf(sql, run)
  prove('all that the rebalancing changed', changes.map(sentence)).equals([
    'theme_rebalance: FAILA removed from etf_growth, ' +
      'volume below 5,000,000 on 20 of its last 30 trading days',
    'theme_rebalance: MOVER removed from sector_energy, its sector is Health Care now',
    'theme_rebalance: MOVER added to sector_health_care, its sector is Health Care now',
  ])
  const next = await synchronize(sql, dayAfter)
  prove('changes on a day with nothing new', await changesOf(sql, next)).isEmpty()
})

claim('TICK-SYN-08', async ({ sql, prove }) => {
  await clearMarket(sql)
  const etfs = ['BIG', 'COSTLY', 'DEAR', 'SLIM', 'THIN']
  await listEtfs(
    sql,
    etfs.map((symbol) => ({ symbol, focus: 'value' })),
  )
  await openTheme(sql, 'value', etfs)
  await synchronize(sql, quietDay)
  await setFigures(sql, { SLIM: { aum: 0.96e9 }, THIN: { aum: 0.94e9 } })
  await setFigures(sql, { COSTLY: { expense: 0.8 }, DEAR: { expense: 0.78 } })
  const run = await synchronize(sql, eventfulDay)
  prove('who left', (await changesOf(sql, run)).map(action)).equals([
    'COSTLY removed from etf_value',
    'THIN removed from etf_value',
  ])
  prove('who stayed', await membersOf(sql, 'etf_value')).equals(['BIG', 'DEAR', 'SLIM'])
  prove('the figures', await figuresOf(sql)).equals({
    aum_total: 10.96e9,
    expense_ratio_average: 0.3933,
    meeting_filter: 1,
  })
  const before = await written(sql)
  await synchronize(sql, dayAfter)
  prove('what a run without changes wrote', await written(sql)).equals(before)
  await setFigures(sql, { THIN: { aum: 0.99e9 }, COSTLY: { expense: 0.75 } })
  const third = await synchronize(sql, '2026-04-07')
  prove('who comes back', (await changesOf(sql, third)).map(action)).equals([
    'COSTLY added to etf_value',
  ])
})

interface Logged {
  readonly change_type: string
  readonly universe: string
  readonly symbol: string
  readonly action: string
  readonly reason: string
}

function action({ symbol, universe, action: done }: Logged): string {
  return `${symbol} ${done} ${done === 'added' ? 'to' : 'from'} ${universe}`
}

const sentence = (change: Logged): string =>
  `${change.change_type}: ${action(change)}, ${change.reason}`

async function setFigures(
  sql: Sql,
  figures: Readonly<Record<string, { readonly aum?: number; readonly expense?: number }>>,
): Promise<void> {
  for (const [symbol, { aum, expense }] of Object.entries(figures)) {
    await sql.run(
      `update etf_metadata set aum = coalesce($2, aum), expense_ratio = coalesce($3, expense_ratio)
       where symbol = $1`,
      [symbol, aum, expense],
    )
  }
}

function figuresOf(sql: Sql): Promise<unknown> {
  return sql.value(
    `select universe_metadata -> 'figures' from cache_entries where cache_key = 'etf_value'`,
  )
}

/** What a run could write beside itself: every row with the transaction that wrote it last. */
export function written(sql: Sql): Promise<unknown> {
  return sql.one(
    `select
       (select sum(xmin::text::bigint) from cache_entries) as entries,
       (select sum(xmin::text::bigint) from universe_members) as members,
       (select count(*) from sync_changes_log) as changes,
       (select count(*) from outbox where channel <> 'tickstock.cache.sync_complete'
         and channel <> 'tickstock.eod.complete') as messages`,
  )
}
