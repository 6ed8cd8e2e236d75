import { claim, type HttpClient, type HttpResponse, type Prove, type Sql } from 'etalon'

interface Member {
  readonly symbol: string
  readonly weight: number | null
}

interface Universe {
  readonly key: string
  readonly symbol_count: number
  readonly sample: readonly string[]
  readonly members: readonly Member[]
  readonly last_change: { readonly added: readonly object[]; readonly removed: readonly object[] }
}

const change = (sql: Sql, key: string, symbols: readonly string[], reason: string) =>
  sql.run("select change_universe($1, $2, 'manual', $3, p_category => 'ETF')", [
    key,
    symbols,
    reason,
  ])

claim('TICK-API-01', async ({ system, sql, random, prove }) => {
  const mark = random.text(8)
  const [key, other] = [`etf_own_${mark}`, `etf_other_${mark}`]
  await plantEtfs(sql)
  const producer = system.sqlAs('producer')
  await change(producer, key, ['ZZRA', 'ZZRB'], 'at first')
  const between = await sql.value<Date>('select clock_timestamp()')
  await change(producer, key, ['ZZRB', 'ZZRC'], 'then')
  await change(producer, other, ['ZZRC', 'ZZRD'], 'beside it')

  const viewer = await system.actor('viewer')
  const get = async <Body>(path: string): Promise<Body> =>
    (await viewer.get<Body>(path).expect(200)).body
  const list = await get<{ items: Universe[]; total: number }>('/universes?page_size=200')
  const count = await sql.value<number>('select count(*) from cache_entries')
  prove('universes in the list', [list.items.length, list.total]).equals([count, count])
  prove(
    'the universe in it',
    list.items.find((item) => item.key === key),
  ).holds({ category: 'ETF', symbol_count: 2, sample: ['ZZRB', 'ZZRC'] })
  const universe = await get<Universe>(`/universes/${key}`)
  prove('its members', universe.members).satisfies(
    'two, by their share of 5 billion, one with prices',
    ([b, c, ...none]) =>
      none.length === 0 &&
      isLike(b, { symbol: 'ZZRB', weight: 0.4, last_close: 130, return_20d: 0.181818 }) &&
      isLike(c, { symbol: 'ZZRC', weight: 0.6, last_close: null, return_20d: null }),
  )
  prove('its last change', universe.last_change).holds({
    added: [{ symbol: 'ZZRC', reason: 'then' }],
    removed: [{ symbol: 'ZZRA', reason: 'then' }],
  })
  await provePrices(sql, async () => (await get<Universe>(`/universes/${key}`)).members[0], prove)
  const at = between.toISOString()
  const past = await get<{ members: Member[] }>(`/universes/${key}/history?at=${at}`)
  const symbolsOf = (members: readonly Member[]) => members.map(({ symbol }) => symbol)
  prove('its members between two changes', symbolsOf(past.members)).equals(['ZZRA', 'ZZRB'])
  const now = await get<{ members: Member[] }>(`/universes/${key}/history`)
  prove('and now', symbolsOf(now.members)).equals(['ZZRB', 'ZZRC'])
  const log = await get<{ items: { symbol: string; action: string }[]; total: number }>(
    `/universes/${key}/changes?page_size=2`,
  )
  prove('the log, two of four lines', [log.total, log.items.length]).equals([4, 2])
  const looked = await get<{ universes: { key: string }[] }>(`/symbols/ZZRC/universes`)
  prove(
    'universes of a symbol',
    looked.universes.map((one) => one.key),
  ).equals([other, key])
  const before = await get<{ universes: object[] }>(`/symbols/ZZRC/universes?at=${at}`)
  prove('and before it was in one', before.universes).isEmpty()
  prove('what two universes share', await get<object>(`/universes/${key}/overlap/${other}`)).equals(
    {
      key,
      other,
      count: 2,
      other_count: 2,
      shared_count: 1,
      shared: ['ZZRC'],
      jaccard: 0.333333,
      weight_shared: 0.42857143,
    },
  )
  await proveCsv(viewer, key, prove)
  await get('/sync/runs')
  await get('/scenarios')
  const { status } = await system.anonymous.get('/health')
  prove('/health, without an account', status).equals(200)

  await proveRefusals(viewer, system.anonymous, key, prove)
})

function isLike(found: object | undefined, expected: Readonly<Record<string, unknown>>): boolean {
  const fields = new Map(Object.entries(found ?? {}))
  return Object.entries(expected).every(([name, value]) => fields.get(name) === value)
}

/** That prices are those of the bars when bars are corrected and taken away. */
async function provePrices(
  sql: Sql,
  memberNow: () => Promise<object | undefined>,
  prove: Prove,
): Promise<void> {
  await sql.run(`update historical_data set high = 140, close = 140 where ${latestBar}`)
  const corrected = { last_close: 140, return_20d: 0.272727 }
  prove('prices when the latest bar was corrected', await memberNow()).holds(corrected)
  await sql.run(`delete from historical_data where ${latestBar}`)
  const without = { last_close: 129, return_20d: 0.183486 }
  prove('and without it', await memberNow()).holds(without)
}

const latestBar = `symbol = 'ZZRB' and date = '2026-01-31'`

/** Four ETFs of one to four billion; the second has prices of 31 days. */
async function plantEtfs(sql: Sql): Promise<void> {
  await sql.run(
    `insert into symbols (symbol, name, type, initial_load_date)
     select 'ZZR' || chr(64 + n), 'Fund "' || n || '"', 'ETF', '2026-01-02'
     from generate_series(1, 4) n on conflict do nothing`,
  )
  await sql.run(
    `insert into etf_metadata (symbol, name, aum, expense_ratio, avg_volume, liquidity_score, source, as_of)
     select 'ZZR' || chr(64 + n), 'Fund', n * 1e9, 0.1, 1e6, 50, 'a claim', now()
     from generate_series(1, 4) n on conflict do nothing`,
  )
  await sql.run(
    `insert into historical_data (symbol, date, open, high, low, close, volume)
     select 'ZZRB', date '2026-01-01' + n, 100 + n, 100 + n, 100 + n, 100 + n, 1
     from generate_series(0, 30) n on conflict do nothing`,
  )
}

async function proveCsv(viewer: HttpClient, key: string, prove: Prove): Promise<void> {
  const csv = (await viewer.get(`/universes/${key}/members.csv`).expect(200)).text.split('\r\n')
  prove('lines of its CSV', csv.length).equals(4)
  prove('its first columns, and a name with quotes', [csv[0], csv[1]]).satisfies(
    'symbol,name,… and "Fund ""2"""',
    ([head, row]) =>
      head?.startsWith('symbol,name,type,sector,weight,') === true &&
      row?.startsWith('ZZRB,"Fund ""2""",ETF,,0.4,2000000000,') === true,
  )
}

async function proveRefusals(
  viewer: HttpClient,
  anonymous: HttpClient,
  key: string,
  prove: Prove,
): Promise<void> {
  const answers: readonly (readonly [string, string, PromiseLike<HttpResponse>])[] = [
    ['a universe that there is not', '404', viewer.get('/universes/nowhere')],
    ['its history', '404', viewer.get('/universes/nowhere/history')],
    ['an overlap with it', '404', viewer.get(`/universes/${key}/overlap/nowhere`)],
    ['a symbol that there is not', '404', viewer.get('/symbols/ZZZZ/universes')],
    ['a time that is none', '422', viewer.get(`/universes/${key}/history?at=yesterday`)],
    ['a page of none', '422', viewer.get('/universes?page=0')],
    ['without an account', '401', anonymous.get('/universes')],
    ['writing one', '405', viewer.put(`/universes/${key}`, {})],
  ]
  const wrong: object[] = []
  for (const [what, expected, answer] of answers) {
    const found = String((await answer).status)
    if (found !== expected) wrong.push({ what, expected, found })
  }
  prove('requests of 8 that were wrongly answered', wrong).isEmpty()
}
