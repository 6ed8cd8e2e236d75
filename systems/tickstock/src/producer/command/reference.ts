import type { Command } from 'commander'
import { loadReference } from '../loader/reference.ts'
import { syntheticProvider, type SyntheticMarket } from '../reference/synthetic.ts'
import { runCommand } from './command.ts'
import { countOption, daysOption } from './option.ts'

/** `reference load` */
export function addReferenceCommand(program: Command): void {
  program
    .command('reference')
    .description('symbols and figures of ETFs')
    .command('load')
    .description('bring them up to what the provider says')
    .option('--stocks <count>', 'made-up companies beside the ETFs', countOption, 1_000)
    .option('--delisted <symbol=day...>', 'of them, what trades no more from a day on', daysOption)
    .action((market: SyntheticMarket) =>
      runCommand((context) => loadReference(context, syntheticProvider(market))),
    )
}
