import { claim, readSchema } from 'etalon'
import { refusals, wronglyAnswered } from '../database-refusal.ts'
import { columnsOf } from '../table-column.ts'

claim('TICK-DB-01', async ({ system, sql, random, prove }) => {
  prove('its columns', await columnsOf(sql, 'cache_entries')).holds({
    cache_key: 'text not null',
    symbols: "jsonb not null default '[]'::jsonb",
    universe_category: 'character varying(50)',
    liquidity_filter: 'jsonb',
    universe_metadata: 'jsonb',
    last_universe_update: 'timestamp without time zone default CURRENT_TIMESTAMP',
  })
  const key = `old_${random.text(8)}`
  const producer = system.sqlAs('producer')
  await producer.run('insert into cache_entries (cache_key, symbols) values ($1, $2)', [
    key,
    '["AGG", "BND"]',
  ])
  const entry = await sql.one<Record<string, unknown>>(
    `select universe_category, liquidity_filter, universe_metadata,
       abs(extract(epoch from last_universe_update - now()::timestamp)) < 60 as updated_now
     from cache_entries where cache_key = $1`,
    [key],
  )
  prove('what an insert of before leaves in the new columns', entry).equals({
    universe_category: null,
    liquidity_filter: null,
    universe_metadata: null,
    updated_now: true,
  })
  const insert = (name: string, symbols: string, more = ['', '']): string =>
    `insert into cache_entries (cache_key, symbols${more[0]}) values ('${name}', '${symbols}'${more[1]})`
  const wrong = await wronglyAnswered(producer, [
    ['a key of its own', insert(`${key}_2`, '[]'), 'accepted'],
    ['a key that is taken', insert(key, '[]'), refusals.unique],
    ['a key that is none', insert('No Key', '[]'), refusals.check],
    ['symbols that are no list', insert(`${key}_3`, '{"A": 1}'), refusals.check],
    [
      'a category of 51 letters',
      insert(`${key}_4`, '[]', [', universe_category', `, '${'x'.repeat(51)}'`]),
      refusals.tooLong,
    ],
  ])
  prove('inserts of 5 that were wrongly answered', wrong).isEmpty()
})

claim('TICK-DB-02', async ({ sql, prove }) => {
  const { indexes } = await readSchema(sql)
  const own = indexes.filter(({ table }) => table === 'cache_entries')
  const definitionOf = (name: string): string =>
    own.find((index) => index.name === name)?.definition.replace(/^.* USING /, '') ?? 'missing'
  prove('the index of categories', definitionOf('idx_cache_entries_category')).equals(
    'btree (universe_category)',
  )
  prove('the index of updates', definitionOf('idx_cache_entries_updated')).equals(
    'btree (last_universe_update DESC)',
  )
  prove('the index of filters', definitionOf('idx_cache_entries_liquidity')).matches(
    /^gin \(liquidity_filter\) WHERE .*universe_category.* = 'ETF'/,
  )
  const used = await sql.session(async (session) => {
    // On a handful of rows reading all of them is quicker than any index.
    await session.run('set enable_seqscan = off')
    const indexesOf = async (query: string): Promise<readonly string[]> =>
      (await session.plan(query)).indexes
    return [
      await indexesOf("select cache_key from cache_entries where universe_category = 'ETF'"),
      await indexesOf(
        'select cache_key from cache_entries order by last_universe_update desc limit 5',
      ),
      await indexesOf(
        `select cache_key from cache_entries
         where universe_category = 'ETF' and liquidity_filter @> '{"min_aum": 1}'`,
      ),
    ].flat()
  })
  prove('indexes that the queries are answered from', used.toSorted()).satisfies(
    'the index of updates, and one of the others for each other query',
    (names) => names.includes('idx_cache_entries_updated') && names.length >= 3,
  )
})

claim('TICK-DB-07', async ({ system, sql, prove }) => {
  prove('its columns', await columnsOf(sql, 'symbols')).holds({
    symbol: 'text not null',
    name: 'text not null',
    type: 'text not null',
    sector: 'text',
    industry: 'text',
    market_cap: 'numeric(20,2)',
    active: 'boolean not null default true',
    initial_load_date: 'date not null',
    delisted_at: 'timestamp with time zone',
  })
  const insert = (symbol: string, type: string, more = ['', '']): string =>
    `insert into symbols (symbol, name, type, initial_load_date${more[0]})
     values ('${symbol}', 'A name', '${type}', '2026-01-02'${more[1]})`
  const delisted = [', delisted_at, active', ", '2026-02-02', false"]
  const wrong = await wronglyAnswered(system.sqlAs('producer'), [
    ['a common stock', insert('ZZAA', 'CS'), 'accepted'],
    ['an ETF', insert('ZZAA', 'ETF'), 'accepted'],
    ['a synthetic symbol', insert('TEST_ZZAA', 'TEST'), 'accepted'],
    ['a type that there is not', insert('ZZAA', 'FUND'), refusals.check],
    ['a stock with the prefix of synthetic ones', insert('TEST_ZZAA', 'CS'), refusals.check],
    ['a synthetic one without its prefix', insert('ZZAA', 'TEST'), refusals.check],
    ['a symbol in small letters', insert('zzaa', 'CS'), refusals.check],
    ['a negative size', insert('ZZAA', 'CS', [', market_cap', ', -1']), refusals.check],
    ['a delisted one', insert('ZZAA', 'CS', delisted), 'accepted'],
    [
      'a delisted one that is traded',
      insert('ZZAA', 'CS', [', delisted_at', ", '2026-02-02'"]),
      refusals.check,
    ],
    ['a symbol twice', `${insert('ZZAA', 'CS')}; ${insert('ZZAA', 'ETF')}`, refusals.unique],
  ])
  prove('symbols of 11 that were wrongly answered', wrong).isEmpty()
})

claim('TICK-DB-13', async ({ system, sql, random, prove }) => {
  prove('its columns', await columnsOf(sql, 'outbox')).holds({
    id: 'uuid not null default uuidv7()',
    channel: 'text not null',
    payload: 'jsonb not null',
    created_at: 'timestamp with time zone not null default clock_timestamp()',
    published_at: 'timestamp with time zone',
  })
  const producer = system.sqlAs('producer')
  const told = `select publish_message('tickstock.scenario.loaded', 'scenario_loaded', $1)`
  const payload = (symbol: string): string => JSON.stringify({ scenario: 's', symbol, bars: 1 })
  const [undone, done] = [random.text(10), random.text(10)]
  const id = await producer.session(async (session) => {
    await session.run('begin')
    await session.run(told, [payload(undone)])
    await session.run('rollback')
    return session.value<string>(told, [payload(done)])
  })
  const rows = await sql.rows<{ id: string }>(
    `select id from outbox where payload ->> 'symbol' = any ($1)`,
    [[undone, done]],
  )
  prove('messages kept of one that was undone and one that was not', rows).equals([{ id }])
  const publish = (channel: string, body: string): string =>
    `select publish_message('${channel}', 'an_event', '${body}')`
  const wrong = await wronglyAnswered(producer, [
    ['a good channel', publish('tickstock.some.thing', '{}'), 'accepted'],
    ['a channel of two parts', publish('tickstock.thing', '{}'), refusals.check],
    ['a channel of another system', publish('other.some.thing', '{}'), refusals.check],
    ['a channel in capitals', publish('tickstock.Some.thing', '{}'), refusals.check],
    ['a payload that is a list', publish('tickstock.some.thing', '[]'), refusals.check],
  ])
  prove('messages of 5 that were wrongly answered', wrong).isEmpty()
})
