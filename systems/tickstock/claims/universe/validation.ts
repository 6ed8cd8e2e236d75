import { claim, type Sql } from 'etalon'
import { command } from '../command.ts'
import { expand } from '../expansion.ts'

interface Health {
  readonly universe: string
  readonly healthy: boolean
}

/** An ETF universe of listed members, unlisted ones and one that is no longer traded. */
async function plant(sql: Sql, theme: string, missing: number): Promise<void> {
  await sql.run(
    `insert into symbols (symbol, name, type, active, initial_load_date)
     select 'ZZV' || chr(64 + n), 'Fund', 'ETF', n <> 1, '2026-01-02' from generate_series(1, 5) n
     on conflict do nothing`,
  )
  await sql.run(
    `select update_etf_universe($1, (
       select jsonb_agg(symbol) from (
         select 'ZZV' || chr(64 + n) as symbol from generate_series(1, 5) n
         union all select 'ZZW' || chr(64 + n) from generate_series(1, $2::integer) n
       ) as planted
     ), '{}')`,
    [theme, missing],
  )
}

claim('TICK-ETF-09', { timeoutMs: 120_000 }, async ({ system, sql, random, prove }) => {
  const mark = random.text(8)
  await plant(sql, `well_${mark}`, 4)
  await plant(sql, `ill_${mark}`, 5)
  const { result } = await command<Health[]>(system, 'etf-universe', 'validate')
  const healthOf = (name: string) =>
    result.find(({ universe }) => universe === `etf_${name}_${mark}`)
  prove('a universe of which four members are missing', healthOf('well')).equals({
    universe: `etf_well_${mark}`,
    members: 9,
    found: 5,
    missing: 4,
    active: 4,
    found_percent: 55.6,
    active_percent: 44.4,
    healthy: true,
  } as Health)
  prove('one of which five are', healthOf('ill')).equals({
    universe: `etf_ill_${mark}`,
    members: 10,
    found: 5,
    missing: 5,
    active: 4,
    found_percent: 50,
    active_percent: 40,
    healthy: false,
  } as Health)
  const told = await sql.value<Health[]>(
    `select payload -> 'universes' from outbox
     where channel = 'tickstock.universe.validation_complete' order by position desc limit 1`,
  )
  const brief = (list: readonly Health[]) =>
    Object.fromEntries(list.map(({ universe, healthy }) => [universe, healthy]))
  prove('what was told of all of them', brief(told)).equals(brief(result))
  await sql.run('delete from cache_entries where cache_key like $1', [`etf\\_%\\_${mark}`])
})

claim('TICK-CLI-01', { timeoutMs: 120_000 }, async ({ system, sql, random, prove }) => {
  const expanded = await expand(system, 'bonds')
  prove('universes of `expand --theme bonds`', expanded.result.universes.length).equals(1)
  prove('how it ended', expanded.code).equals(0)
  const summary = await command<{ theme: string; symbol_count: number }[]>(
    system,
    'etf-universe',
    'summary',
  )
  prove(
    '`summary` of it',
    summary.result.find(({ theme }) => theme === 'bonds'),
  ).holds({
    symbol_count: expanded.result.accepted,
    symbols_sample: expanded.result.universes[0]?.accepted.slice(0, 5),
  })
  const well = await command<Health[]>(system, 'etf-universe', 'validate')
  prove('how `validate` ends where all is well', well.code).equals(0)
  const theme = `ill_${random.text(8)}`
  await plant(sql, theme, 5)
  const ill = await command<Health[]>(system, 'etf-universe', 'validate')
  prove('how it ends where a universe is not', ill.code).equals(1)
  prove('what it tells all the same', ill.result.length).equals(well.result.length + 1)
  await sql.run('delete from cache_entries where cache_key = $1', [`etf_${theme}`])
  const wrong = await command(system, 'etf-universe', 'expand', '--theme', 'poems')
  prove('how a theme that there is not ends it', wrong.code).equals(3)
  prove('what it prints', wrong.stderr).matches(/poems.*Allowed choices are sectors/s)
  const alone = await system.run(['node', 'src/producer/cli.ts', 'etf-universe', 'summary'])
  prove('how it ends without a database', alone.code).equals(3)
  prove('what it says then', alone.stderr).matches(/DATABASE_URL/)
})
