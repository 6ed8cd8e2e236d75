import { claim } from 'etalon'
import { command } from '../command.ts'
import { expand } from '../expansion.ts'

claim('TICK-ETF-05', { isolation: 'quiet' }, async ({ system, sql, timing, prove }) => {
  const { result } = await expand(system)
  prove('symbols', result.symbols).isAtLeast(200)
  let aum = 1
  const expanded = await timing.repeat({ iterations: 6, warmUp: 0 }, async () => {
    // Otherwise nothing would change, and little be written.
    aum = aum === 1 ? 5e10 : 1
    await sql.run(
      `update etf_metadata set aum = $1
       where symbol in (select symbol from etf_metadata order by symbol limit 100)`,
      [aum],
    )
    await expand(system)
  })
  prove('a whole expansion, from the command to its end', expanded.quantile(0.5)).isBelow(
    2_000,
    'ms',
  )
  const consumer = system.sqlAs('consumer')
  const queried = await timing.repeat({ iterations: 80 }, () =>
    consumer.rows(
      'select get_etf_universe(substr(cache_key, 5)) from cache_entries where universe_category = $1',
      ['ETF'],
    ),
  )
  prove('P95 of asking for all universes', queried.quantile(0.95)).isBelow(2_000, 'ms')
  const checked = await timing.repeat({ iterations: 80 }, () =>
    consumer.rows('select * from validate_etf_universe_symbols()'),
  )
  prove('P95 of validating all members', checked.quantile(0.95)).isBelow(2_000, 'ms')
  const validated = await timing.repeat({ iterations: 6, warmUp: 0 }, () =>
    command(system, 'etf-universe', 'validate'),
  )
  prove('a whole validation, from the command to its end', validated.quantile(0.5)).isBelow(
    2_000,
    'ms',
  )
})
