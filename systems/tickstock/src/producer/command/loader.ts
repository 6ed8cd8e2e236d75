import { Option, type Command } from 'commander'
import { loadBars } from '../loader/bars.ts'
import { syntheticProvider } from '../reference/synthetic.ts'
import { knownSeed } from '../scenario/generate.ts'
import { loadScenario } from '../scenario/load.ts'
import { findMembers } from '../store/universe.ts'
import { runCommand, type CommandContext } from './command.ts'
import { countOption } from './option.ts'

interface LoaderOptions {
  readonly universe?: readonly string[]
  readonly symbol?: readonly string[]
  readonly scenario?: string
  readonly days: number
}

/** `loader` */
export function addLoaderCommand(program: Command): void {
  const command = program
    .command('loader')
    .description('load daily bars; tells with eod.complete that it has')
    .option('--universe <key...>', 'the members of these universes')
    .option('--symbol <symbol...>', 'these symbols')
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
    if (!options.universe && !options.symbol) {
      command.error('error: expected --universe, --symbol or --scenario')
    }
    return runCommand((context) => load(context, options))
  })
}

async function load(
  context: CommandContext,
  { universe = [], symbol = [], days }: LoaderOptions,
): Promise<object> {
  const symbols = new Set(symbol)
  for (const key of universe) {
    const [found] = await findMembers(context.pool, key)
    if (!found) throw new Error(`there is no universe ${key}`)
    for (const member of found.symbols) symbols.add(member)
  }
  return loadBars(context, syntheticProvider(), { symbols: [...symbols], days })
}
