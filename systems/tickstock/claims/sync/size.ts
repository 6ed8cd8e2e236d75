import { claim, type Random, type Sql } from 'etalon'
import { clearMarket, listStocks, membersOf, symbolNames, type Stock } from './market.ts'
import { changesOf, synchronize } from './synchronization.ts'

const bands = [
  { key: 'mega_cap', min: 200e9, max: Number.POSITIVE_INFINITY },
  { key: 'large_cap', min: 10e9, max: 200e9 },
  { key: 'mid_cap', min: 2e9, max: 10e9 },
  { key: 'small_cap', min: 300e6, max: 2e9 },
  { key: 'micro_cap', min: 50e6, max: 300e6 },
] as const

const sizes = [100, 500, 1_000, 2_000]

claim('TICK-SYN-03', async ({ sql, random, prove }) => {
  await clearMarket(sql)
  const stocks = [...market(random, 560), ...edges()]
  const others: Stock[] = [
    // Larger than any company, and no companies.
    { symbol: 'ZFUND', type: 'ETF', cap: 9e12 },
    { symbol: 'TEST_GIANT', type: 'TEST', cap: 9e12 },
    { symbol: 'ZGONE', active: false, cap: 9e12 },
    { symbol: 'ZNOCAP', cap: null },
  ]
  await listStocks(sql, [...stocks, ...others])
  const run = await synchronize(sql, '2026-01-05')
  prove('the run', run.status).equals('completed')
  for (const { key, min, max } of bands) {
    const expected = stocks.filter(({ cap }) => cap >= min && cap < max)
    prove(key, await membersOf(sql, key)).equals(namesOf(expected))
  }
  const ranked = rank(stocks)
  for (const size of sizes) {
    const key = `top_${size}`
    prove(key, await membersOf(sql, key)).equals(namesOf(ranked.slice(0, size)))
    prove(`${key} says whether it is full`, await metadataOf(sql, key)).holds({
      size,
      partial: ranked.length < size,
    })
  }
})

const days = ['06', '07', '08', '09', '12', '13', '14', '15', '16'].map((day) => `2026-01-${day}`)

claim('TICK-SYN-04', { timeoutMs: 60_000 }, async ({ sql, random, prove, note }) => {
  await clearMarket(sql)
  let stocks = market(random, 420)
  await listStocks(sql, stocks)
  await synchronize(sql, '2026-01-05')
  let held = heldWithout(stocks)
  let plain = held
  const turnover = { with: 0, without: 0 }
  for (const day of days) {
    stocks = stocks.map(({ symbol, cap }) => ({ symbol, cap: Math.round(cap * wavering(random)) }))
    await moveCaps(sql, stocks)
    const run = await synchronize(sql, day)
    const next = heldWith(stocks, held)
    for (const [key, symbols] of next) {
      prove(`${key} on ${day}`, await membersOf(sql, key)).equals([...symbols].toSorted())
    }
    const nextPlain = heldWithout(stocks)
    turnover.without += differences(plain, nextPlain)
    turnover.with += (await changesOf(sql, run)).length
    prove(`changes on ${day}`, (await changesOf(sql, run)).length).equals(differences(held, next))
    held = next
    plain = nextPlain
  }
  note('turnover of nine days', turnover)
  prove('turnover with buffers', turnover.with).isBelow(turnover.without)
})

interface Company {
  readonly symbol: string
  readonly cap: number
}

/** Companies of all sizes, as many around the edges as between them. */
function market(random: Random, count: number): Company[] {
  return symbolNames('M', count).map((symbol) => {
    const edge = random.pick([50e6, 300e6, 2e9, 10e9, 200e9])
    const share = random.pick([wavering(random), 0.3 + 5 * random.fraction()])
    return { symbol, cap: Math.round(edge * share) }
  })
}

/** Exactly at each edge, and a dollar below. */
function edges(): Company[] {
  return bands.flatMap(({ min }, at) => {
    const letter = String.fromCharCode(65 + at)
    return [
      { symbol: `EDGE${letter}`, cap: min },
      { symbol: `UNDER${letter}`, cap: min - 1 },
    ]
  })
}

const wavering = (random: Random): number => 0.93 + 0.14 * random.fraction()

const namesOf = (stocks: readonly Company[]): string[] =>
  stocks.map(({ symbol }) => symbol).toSorted()

const rank = (stocks: readonly Company[]): Company[] =>
  stocks.toSorted((one, other) => other.cap - one.cap || (one.symbol < other.symbol ? -1 : 1))

type Held = ReadonlyMap<string, ReadonlySet<string>>

function heldWithout(stocks: readonly Company[]): Held {
  const ranked = rank(stocks)
  return new Map([
    ...bands.map(({ key, min, max }) => {
      const inside = stocks.filter(({ cap }) => cap >= min && cap < max)
      return [key, new Set(namesOf(inside))] as const
    }),
    ...sizes.map((size) => [`top_${size}`, new Set(namesOf(ranked.slice(0, size)))] as const),
  ])
}

/** The rule once more, in its own words: who is in stays as long as he is at most 5 % out. */
function heldWith(stocks: readonly Company[], before: Held): Held {
  const plain = heldWithout(stocks)
  const ranks = new Map(rank(stocks).map(({ symbol }, at) => [symbol, at + 1]))
  const after = new Map<string, Set<string>>(
    [...plain.keys()].map((key) => [key, new Set<string>()]),
  )
  for (const { symbol, cap } of stocks) {
    const own = bands.find(({ key }) => before.get(key)?.has(symbol))
    const stays = own !== undefined && cap >= own.min * 0.95 && cap <= own.max * 1.05
    const key = stays ? own.key : bands.find(({ min }) => cap >= min)?.key
    if (key !== undefined) after.get(key)?.add(symbol)
    for (const size of sizes) {
      const isIn = before.get(`top_${size}`)?.has(symbol) === true
      if ((ranks.get(symbol) ?? 0) <= (isIn ? size * 1.05 : size)) {
        after.get(`top_${size}`)?.add(symbol)
      }
    }
  }
  return after
}

/** How many memberships begin or end from one day to the next. */
function differences(before: Held, after: Held): number {
  return [...after].reduce((sum, [key, symbols]) => {
    const old = before.get(key) ?? new Set<string>()
    const stayed = [...symbols].filter((symbol) => old.has(symbol)).length
    return sum + symbols.size + old.size - 2 * stayed
  }, 0)
}

async function moveCaps(sql: Sql, stocks: readonly Company[]): Promise<void> {
  await sql.run(
    `update symbols set market_cap = moved.cap
     from jsonb_to_recordset($1) as moved (symbol text, cap numeric)
     where symbols.symbol = moved.symbol`,
    [JSON.stringify(stocks)],
  )
}

function metadataOf(sql: Sql, key: string): Promise<Record<string, unknown>> {
  return sql.value('select universe_metadata from cache_entries where cache_key = $1', [key])
}
