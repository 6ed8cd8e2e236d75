import { claim, type Sql } from 'etalon'

interface Change {
  readonly action: string
  readonly symbols_added: readonly string[]
  readonly symbols_removed: readonly string[]
}

const change = (sql: Sql, theme: string, symbols: readonly string[], metadata = {}) =>
  sql.value<Change>('select update_etf_universe($1, $2, $3)', [
    theme,
    JSON.stringify(symbols),
    JSON.stringify(metadata),
  ])

/** Figures of an ETF that meets the filter below exactly, with what is different in it. */
async function addEtf(sql: Sql, symbol: string, figures: object = {}): Promise<void> {
  const row = {
    aum: 1_000_000_000,
    avg_volume: 5_000_000,
    expense_ratio: 0.75,
    liquidity_score: 40,
    ...figures,
  }
  await sql.run(
    `insert into symbols (symbol, name, type, initial_load_date)
     values ($1, 'Fund ' || $1, 'ETF', '2026-01-02') on conflict do nothing`,
    [symbol],
  )
  await sql.run(
    `insert into etf_metadata
       (symbol, name, aum, avg_volume, expense_ratio, liquidity_score, source, as_of)
     values ($1, 'Fund', $2, $3, $4, $5, 'a claim', now())`,
    [symbol, row.aum, row.avg_volume, row.expense_ratio, row.liquidity_score],
  )
}

claim('TICK-DB-03', async ({ system, sql, random, prove }) => {
  const theme = `got_${random.text(8)}`
  const get = (withFilter: string) =>
    system
      .sqlAs('consumer')
      .value<Record<string, unknown>>(`select get_etf_universe($1${withFilter})`, [theme])
  prove('a theme that there is not', await get('')).equals({
    error: `no universe for the theme '${theme}'`,
  })
  await addEtf(sql, 'ZZEA')
  await addEtf(sql, 'ZZEB', { aum: 999_999_999.99 })
  await addEtf(sql, 'ZZEC', { avg_volume: 4_999_999 })
  await addEtf(sql, 'ZZED', { expense_ratio: 0.7501 })
  await addEtf(sql, 'ZZEE', { liquidity_score: 39.99 })
  const symbols = ['ZZEA', 'ZZEB', 'ZZEC', 'ZZED', 'ZZEE', 'ZZEF']
  await change(sql, theme, symbols, { focus: 'claims' })
  const filter = {
    min_aum: 1_000_000_000,
    min_volume: 5_000_000,
    max_expense_ratio: 0.75,
    min_liquidity_score: 40,
  }
  prove('without a filter of its own', await get('')).holds({ symbols, filtered: false })
  await sql.run('update cache_entries set liquidity_filter = $2 where cache_key = $1', [
    `etf_${theme}`,
    JSON.stringify(filter),
  ])
  const filtered = await get('')
  prove('with one, of which one member is exactly on every bound', filtered).holds({
    cache_key: `etf_${theme}`,
    symbols: ['ZZEA'],
    liquidity_filter: filter,
    filtered: true,
  })
  prove('its fields', Object.keys(filtered).toSorted()).equals(
    ['cache_key', 'filtered', 'last_updated', 'liquidity_filter', 'metadata', 'symbols'].toSorted(),
  )
  prove('its metadata', filtered['metadata']).holds({ focus: 'claims', count: 6 })
  prove('when the filter is not asked for', await get(', false')).holds({
    symbols,
    filtered: false,
  })
})

claim('TICK-DB-04', async ({ system, sql, random, prove }) => {
  const theme = `put_${random.text(8)}`
  const producer = system.sqlAs('producer')
  const stateOf = () =>
    sql.one(
      `select entry::text as entry, (select count(*) from sync_changes_log where universe = $1) as log,
         (select jsonb_agg(m order by symbol, valid_from) from universe_members m
          where cache_key = $1) as members
       from cache_entries as entry where cache_key = $1`,
      [`etf_${theme}`],
    )
  const created = await change(producer, theme, ['BND', 'AGG', 'AGG'])
  prove('the first call', created).holds({
    action: 'created',
    cache_key: `etf_${theme}`,
    symbols_count: 2,
    added_count: 2,
    removed_count: 0,
    symbols_added: ['AGG', 'BND'],
    symbols_removed: [],
  })
  const updated = await change(producer, theme, ['BND', 'TLT'])
  prove('the second', updated).holds({
    action: 'updated',
    symbols_count: 2,
    added_count: 1,
    removed_count: 1,
    symbols_added: ['TLT'],
    symbols_removed: ['AGG'],
  })
  prove('its time', (updated as Change & { timestamp: string }).timestamp).matches(
    /^\d{4}-\d\d-\d\dT/,
  )
  const before = await stateOf()
  const unchanged = await change(producer, theme, ['TLT', 'BND'])
  prove('the same set again', unchanged).holds({ action: 'unchanged', added_count: 0 })
  prove('what it has left in the database', await stateOf()).equals(before)
})

claim('TICK-DB-05', async ({ system, sql, random, prove }) => {
  const theme = `sum_${random.text(8)}`
  await change(sql, theme, ['GGG', 'AAA', 'CCC', 'BBB', 'FFF', 'DDD', 'EEE'], {
    focus: 'claims',
    criteria: { min_aum: 5 },
  })
  await sql.run(`insert into cache_entries (cache_key, symbols) values ($1, '["AAA"]')`, [theme])
  const consumer = system.sqlAs('consumer')
  const rows = await consumer.rows<Record<string, unknown>>(
    'select * from get_etf_universes_summary() where theme like $1',
    [`%${theme}`],
  )
  prove('rows of an ETF universe and another of the same name', rows.length).equals(1)
  prove('its row', rows[0]).holds({
    theme,
    symbol_count: 7,
    focus: 'claims',
    criteria: { min_aum: 5 },
    symbols_sample: ['AAA', 'BBB', 'CCC', 'DDD', 'EEE'],
  })
  prove('when it was last updated', rows[0]?.['last_updated'] instanceof Date).isTrue()
})

claim('TICK-DB-06', async ({ system, sql, random, prove }) => {
  const theme = `val_${random.text(8)}`
  await sql.run(
    `insert into symbols (symbol, name, type, active, initial_load_date) values
       ('ZZFA', 'Traded', 'ETF', true, '2026-01-02'), ('ZZFB', 'Gone', 'ETF', false, '2026-01-02'),
       ('ZZFC', 'A stock', 'CS', true, '2026-01-02')`,
  )
  await change(sql, theme, ['ZZFA', 'ZZFB', 'ZZFC', 'ZZFD'])
  const rows = await system
    .sqlAs('consumer')
    .rows('select * from validate_etf_universe_symbols() where universe_key = $1', [`etf_${theme}`])
  const row = (symbol: string, type: string | null, active: boolean | null) => ({
    universe_key: `etf_${theme}`,
    symbol,
    exists_in_symbols: type !== null,
    symbol_type: type,
    active_status: active,
  })
  prove('what is known of a traded ETF, a gone one, a stock and nobody', rows).equals([
    row('ZZFA', 'ETF', true),
    row('ZZFB', 'ETF', false),
    row('ZZFC', 'CS', true),
    row('ZZFD', null, null),
  ])
})
