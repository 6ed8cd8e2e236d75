import { claim } from 'etalon'
import { command } from '../command.ts'
import { medianOf } from './command.ts'
import { measureExpansions } from './empty-universe.ts'
import { whileFull } from './market.ts'

claim('TICK-ETF-05', { isolation: 'quiet', timeoutMs: 240_000 }, async (context) => {
  const { system, timing, prove } = context
  const { durations, expansions } = await measureExpansions(context)
  prove('symbols', Math.min(...expansions.map(({ symbols }) => symbols))).isAtLeast(200)
  prove('a whole expansion, from the command to its end', medianOf(durations.wholeMs)).isBelow(
    2_000,
    'ms',
  )
  await whileFull(system, async (members) => {
    prove('symbols that are asked for and validated', members).isAtLeast(200)
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
})
