import { claim, type Sql, type SystemHandle } from 'etalon'
import {
  knownSuffix,
  loadAs,
  loadKnown,
  symbolOf,
  tickstock,
  type Finding,
} from '../scenario-command.ts'

const timeoutMs = 120_000

/** The functions of TA-Lib for the patterns that are planted. */
const functions = [
  'CDLDOJI',
  'CDLHAMMER',
  'CDLENGULFING',
  'CDLMORNINGSTAR',
  'CDL3WHITESOLDIERS',
  'CDLDARKCLOUDCOVER',
] as const

/** The same market with and without patterns. */
const twins = ['candle_patterns', 'pattern_free'] as const

interface Found {
  readonly symbol: string
  readonly bars: number
  readonly patterns: readonly Finding[]
}

claim('TICK-SCN-09', { timeoutMs }, async ({ system, sql, random, prove }) => {
  const drawn = random.integer(0, 0x7fff_ffff)
  const copies = [
    { seed: 42, suffix: knownSuffix, code: await loadKnown(system) },
    {
      seed: drawn,
      suffix: 'DRAWN',
      code: await loadAs(system, 'DRAWN', ...twins, '--seed', String(drawn)),
    },
  ]
  for (const { seed, suffix, code } of copies) {
    prove(`exit code of loading with seed ${seed}`, code).equals(0)
    const planted = await plantedIn(sql, symbolOf('candle_patterns', suffix))
    prove(`functions of what was planted, seed ${seed}`, functionsOf(planted)).equals(
      [...functions].toSorted(),
    )
    const symbols = twins.map((name) => symbolOf(name, suffix))
    const [patterns, free] = await findIn(system, symbols, functions)
    prove(`what TA-Lib finds, seed ${seed}`, sorted(patterns?.patterns ?? [])).equals(
      sorted(planted),
    )
    prove(`bars without a plant, seed ${seed}`, free?.bars ?? 0).equals(189)
    prove(`what it finds in them, seed ${seed}`, free?.patterns).equals([])
  }
})

claim('TICK-SCN-10', { timeoutMs }, async ({ system, sql, random, prove }) => {
  const { printed: names } = await tickstock<readonly string[]>(system, ['pattern', 'list'])
  prove('candlestick functions', names.length).equals(61)
  prove(
    'names that are none of TA-Lib',
    names.filter((name) => !/^CDL[A-Z0-9]+$/.test(name)),
  ).equals([])

  let planted = 0
  let found = 0
  const values = new Set<number>()
  const seed = String(random.integer(0, 0x7fff_ffff))
  const codes = [
    await loadKnown(system),
    await loadAs(system, 'MANY', 'candle_patterns', '--seed', seed),
  ]
  prove('exit codes of loading', codes).equals([0, 0])
  const symbols = [knownSuffix, 'MANY'].map((suffix) => symbolOf('candle_patterns', suffix))
  for (const { symbol, patterns } of await findIn(system, symbols)) {
    const expected = await plantedIn(sql, symbol)
    planted += expected.length
    found += expected.filter((plant) => patterns.some((one) => isSame(one, plant))).length
    for (const { value } of patterns) values.add(value)
  }
  prove('planted patterns', planted).equals(36)
  prove('share of them that is found', found / Math.max(1, planted)).isAtLeast(0.95, 'share')
  // 80 where one end of two bodies is the same, 200 where a later candle confirms (TA-Lib 0.6).
  const known = new Set([100, -100, 80, -80, 200, -200])
  prove('whether it tells rising from falling', values.has(100) && values.has(-100)).isTrue()
  prove(
    'values that it gives and should not',
    [...values].filter((value) => !known.has(value)),
  ).equals([])
})

claim('TICK-SCN-11', { timeoutMs }, async ({ system, sql, random, prove }) => {
  prove('exit code of loading', await loadKnown(system)).equals(0)
  const test = symbolOf('candle_patterns', knownSuffix)
  const share = `R${random.text(8).toUpperCase()}`
  await sql.run(
    `insert into symbols (symbol, name, type, initial_load_date)
     values ($1, 'A share that trades like the scenario', 'CS', '2024-01-02')`,
    [share],
  )
  await sql.run(
    `insert into historical_data (symbol, date, open, high, low, close, volume)
     select $1, date, open, high, low, close, volume from scenario.bars where symbol = $2`,
    [share, test],
  )
  const [synthetic, live] = await findIn(system, [test, share])
  prove('patterns in the synthetic bars', synthetic?.patterns.length ?? 0).isAtLeast(18)
  prove('in the same bars of the market', live?.patterns).equals(synthetic?.patterns)
})

claim('TICK-T-32', { timeoutMs }, async ({ system, random, prove }) => {
  const seed = random.integer(0, 0x7fff_ffff)
  const loaded = await loadAs(system, 'WAY', 'candle_patterns', '--seed', String(seed))
  prove('exit code of loading', loaded).equals(0)
  const symbol = symbolOf('candle_patterns', 'WAY')
  const viewer = await system.actor('viewer:pattern')
  const scenario = await viewer
    .get<{ seed: number; planted: Finding[] }>(`/scenarios/${symbol}`)
    .expect(200)
  prove('its seed, as the consumer shows it', scenario.body.seed).equals(seed)
  prove('patterns that it shows', scenario.body.planted.length).equals(18)
  const bars = await viewer
    .get<{ bars: { date: string }[] }>(`/scenarios/${symbol}/bars`)
    .expect(200)
  const days = new Set(bars.body.bars.map(({ date }) => date))
  const [found] = await findIn(system, [symbol], functions)
  prove('what TA-Lib finds in what was stored', sorted(found?.patterns ?? [])).equals(
    sorted(scenario.body.planted),
  )
  prove(
    'patterns on days that the chart does not have',
    scenario.body.planted.filter(({ date }) => !days.has(date)),
  ).isEmpty()
})

async function plantedIn(sql: Sql, symbol: string): Promise<readonly Finding[]> {
  return sql.value('select patterns from scenario.test_scenarios where symbol = $1', [symbol])
}

async function findIn(
  system: SystemHandle,
  symbols: readonly string[],
  names: readonly string[] = [],
): Promise<readonly Found[]> {
  const chosen = names.length > 0 ? ['--function', ...names] : []
  const words = ['pattern', 'find', ...symbols, ...chosen]
  return (await tickstock<readonly Found[]>(system, words)).printed
}

function functionsOf(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map((finding) => finding.function))].toSorted()
}

function isSame(one: Finding, other: Finding): boolean {
  return one.function === other.function && one.date === other.date && one.value === other.value
}

function sorted(findings: readonly Finding[]): string[] {
  return findings
    .map((finding) => `${finding.date} ${finding.function} ${finding.value}`)
    .toSorted()
}
