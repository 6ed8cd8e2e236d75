import { Option, type Command } from 'commander'
import { loadBars, type LoadedBars } from '../loader/bars.ts'
import { endDay } from '../loader/end-of-day.ts'
import { syntheticProvider } from '../reference/synthetic.ts'
import { knownSeed } from '../scenario/generate.ts'
import { loadScenario } from '../scenario/load.ts'
import { findMembers } from '../store/universe.ts'
import { runCommand, type CommandContext } from './command.ts'
import { countOption } from './option.ts'

interface LoaderOptions {
  readonly universe?: readonly string[]
  readonly symbol?: readonly string[]
  readonly endOfDay?: boolean
  readonly scenario?: string
  readonly days: number
}

/** `loader` */
export function addLoaderCommand(program: Command): void {
  const command = program
    .command('loader')
    .description('load daily bars')
    .option('--universe <key...>', 'the members of these universes')
    .option('--symbol <symbol...>', 'these symbols')
    .addOption(
      new Option(
        '--end-of-day',
        'all that is traded; tells eod.complete when no bar is missing',
      ).conflicts(['universe', 'symbol', 'scenario']),
    )
    .addOption(
      new Option('--scenario <name>', 'the synthetic bars of a scenario').conflicts([
        'universe',
        'symbol',
      ]),
    )
    .option('--days <count>', 'trading days up to the latest that has closed', countOption, 260)
  command.action((options: LoaderOptions) => {
    const { scenario } = options
    if (scenario !== undefined) {
      return runCommand((context) => loadScenario(context, { name: scenario, seed: knownSeed }))
    }
    if (!options.universe && !options.symbol && !options.endOfDay) {
      command.error('error: expected --universe, --symbol, --end-of-day or --scenario')
    }
    return runCommand((context) => load(context, options))
  })
}

async function load(context: CommandContext, options: LoaderOptions): Promise<LoadedBars> {
  const { universe = [], symbol = [], endOfDay, days } = options
  const provider = syntheticProvider()
  const loaded = endOfDay
    ? await endDay(context, provider, days)
    : await loadBars(context, provider, { symbols: await named(context, universe, symbol), days })
  if (loaded.incomplete.length > 0) process.exitCode = 1
  return loaded
}

/** Symbols that are named, or members of universes that are. */
async function named(
  { pool }: CommandContext,
  universes: readonly string[],
  symbols: readonly string[],
): Promise<readonly string[]> {
  const all = new Set(symbols)
  for (const key of universes) {
    const [found] = await findMembers(pool, key)
    if (!found) throw new Error(`there is no universe ${key}`)
    for (const member of found.symbols) all.add(member)
  }
  return [...all]
}
