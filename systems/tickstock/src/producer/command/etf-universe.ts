import { Option, type Command } from 'commander'
import { syntheticProvider } from '../reference/synthetic.ts'
import { themes } from '../reference/theme.ts'
import { summarizeUniverses } from '../store/universe.ts'
import { correlateEtfs } from '../universe/correlation.ts'
import { expandUniverses } from '../universe/expansion.ts'
import { checkUniverses } from '../universe/validation.ts'
import { runCommand } from './command.ts'

/** `etf-universe expand`, `validate`, `summary`, `correlate` */
export function addEtfUniverseCommand(program: Command): void {
  const universe = program.command('etf-universe').description('the universes of ETFs')
  universe
    .command('expand')
    .description('judge the candidates of each theme by its filter; who meets it is in')
    .addOption(
      new Option('--theme <theme...>', 'these themes only').choices(themes.map(({ name }) => name)),
    )
    .action(({ theme }: { readonly theme?: readonly string[] }) =>
      runCommand((context) =>
        expandUniverses(
          context,
          syntheticProvider({ stocks: 0 }),
          themes.filter(({ name }) => theme?.includes(name) ?? true),
        ),
      ),
    )
  universe
    .command('validate')
    .description('hold the members against the listed symbols; ends with 1 for an unhealthy one')
    .action(() =>
      runCommand(async (context) => {
        const universes = await checkUniverses(context)
        if (universes.some(({ healthy }) => !healthy)) process.exitCode = 1
        return universes
      }),
    )
  universe
    .command('summary')
    .description('each universe in a line: how many members, what for, some of them')
    .action(() => runCommand((context) => summarizeUniverses(context.pool)))
  universe
    .command('correlate')
    .description('correlate the ETFs with SPY, IWM and their sectors over 60 and 252 days')
    .action(() => runCommand(correlateEtfs))
}
