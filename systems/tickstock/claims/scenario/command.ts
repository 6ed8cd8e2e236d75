import { claim, type Sql, type SystemHandle } from 'etalon'
import {
  allScenarios,
  inFolder,
  knownSuffix,
  loadKnown,
  marketScenarios,
  symbolOf,
  tickstock,
} from '../scenario-command.ts'

const timeoutMs = 120_000

interface Listed {
  readonly name: string
  readonly days: number
  readonly outcomes: readonly { readonly name: string; readonly declared: number }[]
}

claim(['TICK-SCN-12', 'TICK-CLI-03'], { timeoutMs }, async ({ system, sql, prove }) => {
  const listed = await tickstock<readonly Listed[]>(system, ['scenario', 'list'])
  prove(
    'scenarios that are listed',
    listed.printed.map(({ name }) => name),
  ).equals([...allScenarios])
  const declared = listed.printed.filter(({ name }) => isOfMarket(name))
  prove(
    'outcomes that they declare',
    declared.reduce((sum, { outcomes }) => sum + outcomes.length, 0),
  ).equals(13)

  const generated = await inFolder(async (folder) => {
    const words = ['scenario', 'generate', 'growth_2021', '--seed', '7', '--out', folder]
    const { printed } = await tickstock<readonly { bars: number; seed: number }[]>(system, words)
    return printed.map(({ bars, seed }) => ({ bars, seed }))
  })
  prove('what generating tells', generated).equals([{ bars: 252, seed: 7 }])

  prove('exit code of loading', await loadKnown(system)).equals(0)
  const loader = await tickstock(system, ['loader', '--scenario', 'crash_2020'])
  prove('exit code of the loader', loader.code).equals(0)
  const byLoader = await barsOf(system, 'TEST_CRASH_2020')
  prove('bars that the loader loads', byLoader.length).equals(252)
  prove('the same as those of the generator', byLoader).equals(
    await barsOf(system, symbolOf('crash_2020', knownSuffix)),
  )
  await sql.run(`update scenario.bars set volume = volume + 1 where symbol = 'TEST_CRASH_2020'`)
  const changed = await tickstock(system, ['scenario', 'validate', 'TEST_CRASH_2020'])
  prove('exit code where bars are not those of the seed', changed.code).equals(1)

  await putSectors(sql)
  const universe = ['loader', '--universe', 'etf_sectors', '--days', '3']
  prove('exit code for a universe', (await tickstock(system, universe)).code).equals(0)
  const loaded = await sql.rows<object>(
    `select symbol, count(*)::integer as bars from historical_data
     where symbol in ('XLE', 'XLF') group by symbol order by symbol`,
  )
  prove('bars of its members', loaded).equals([
    { symbol: 'XLE', bars: 3 },
    { symbol: 'XLF', bars: 3 },
  ])

  const codes: Record<string, number> = {}
  for (const wrong of [
    'scenario load crash_2020 --seed minus',
    'scenario validate TEST_NOTHING',
    'loader --scenario crash_2020 --universe etf_sectors',
  ]) {
    codes[wrong] = (await tickstock(system, wrong.split(' '))).code
  }
  prove('exit codes for what there is not, and for wrong words', codes).equals({
    'scenario load crash_2020 --seed minus': 3,
    'scenario validate TEST_NOTHING': 1,
    'loader --scenario crash_2020 --universe etf_sectors': 3,
  })
})

claim('TICK-T-02', { timeoutMs }, async ({ system, sql, random, prove }) => {
  const seed = random.integer(0, 0x7fff_ffff)
  const suffix = `T${random.text(6).toUpperCase()}`
  const words = ['scenario', 'load', ...marketScenarios, '--seed', String(seed)]
  const live = 'select count(*)::integer from historical_data'
  const before = await sql.value<number>(live)
  const loaded = await tickstock(system, [...words, '--suffix', suffix])
  prove('exit code of generating and loading', loaded.code).equals(0)
  const symbols = marketScenarios.map((name) => symbolOf(name, suffix))

  prove('bars more in the data of the market', (await sql.value<number>(live)) - before).equals(0)
  const validated = await tickstock<readonly Validated[]>(system, [
    'scenario',
    'validate',
    ...symbols,
  ])
  prove('exit code of validating', validated.code).equals(0)
  prove(
    'scenarios that are not right',
    validated.printed.filter(({ valid, reproduced }) => !valid || !reproduced),
  ).equals([])
  prove('scenarios that were looked at', validated.printed.length).equals(5)

  const told = await sql.rows<{ symbol: string; bars: number }>(
    `select payload ->> 'symbol' as symbol, (payload ->> 'bars')::integer as bars from outbox
     where channel = 'tickstock.scenario.loaded' and payload ->> 'symbol' = any ($1)
     order by position`,
    [symbols],
  )
  prove('what was told of them', told).equals(
    symbols.map((symbol, index) => ({ symbol, bars: [252, 252, 126, 189, 63][index] ?? 0 })),
  )
  const viewer = await system.actor('viewer:scenario')
  const page = await viewer
    .get<{ items: { symbol: string; outcomes: { met: boolean }[] }[] }>('/scenarios?page_size=200')
    .expect(200)
  const shown = page.body.items.filter(({ symbol }) => symbols.includes(symbol))
  prove('scenarios that the consumer shows', shown.length).equals(5)
  const outcomes = shown.flatMap((item) => item.outcomes)
  prove('outcomes beside them', outcomes.length).equals(13)
  prove(
    'outcomes that were missed',
    outcomes.filter(({ met }) => !met),
  ).isEmpty()
})

interface Validated {
  readonly valid: boolean
  readonly reproduced: boolean
}

/** A universe of two members, listed and without bars. */
async function putSectors(sql: Sql): Promise<void> {
  await sql.run(
    `insert into symbols (symbol, name, type, initial_load_date)
     values ('XLE', 'Energy', 'ETF', '2020-01-02'), ('XLF', 'Financials', 'ETF', '2020-01-02')`,
  )
  await sql.run(`select update_etf_universe('sectors', '["XLE", "XLF"]', '{}')`)
}

function isOfMarket(name: string): boolean {
  return marketScenarios.some((scenario) => scenario === name)
}

async function barsOf(system: SystemHandle, symbol: string): Promise<readonly object[]> {
  const viewer = await system.actor('viewer:bars')
  const { body } = await viewer.get<{ bars: object[] }>(`/scenarios/${symbol}/bars`)
  return body.bars ?? []
}
