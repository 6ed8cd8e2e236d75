import type { Command } from 'commander'
import { loadReference } from '../loader/reference.ts'
import { syntheticProvider } from '../reference/synthetic.ts'
import { runCommand } from './command.ts'
import { countOption } from './option.ts'

/** `reference load` */
export function addReferenceCommand(program: Command): void {
  program
    .command('reference')
    .description('symbols and figures of ETFs')
    .command('load')
    .description('bring them up to what the provider says')
    .option('--stocks <count>', 'made-up companies beside the ETFs', countOption, 1_000)
    .action(({ stocks }: { readonly stocks: number }) =>
      runCommand((context) => loadReference(context, syntheticProvider({ stocks }))),
    )
}
