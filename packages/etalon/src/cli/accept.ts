import type { Command } from 'commander'
import { acceptanceFile, writeAcceptance } from '../claims/acceptance.ts'
import { prepareSystems } from '../claims/prepare.ts'

/** `etalon accept [system…]` */
export function acceptCommand(program: Command): void {
  program
    .command('accept')
    .description('record that the claims, as they stand, show the requirements as they stand')
    .argument('[system...]', 'systems to accept; all of them unless given')
    .addHelpText(
      'after',
      '\nWhen a requirement is reworded later, its claims are suspect until their code changes or\nsomebody accepts them again. The record is kept beside the claims; commit it.',
    )
    .action(async (systems: string[]) => {
      const directory = process.cwd()
      const preparation = await prepareSystems({ directory, systems, only: [] })
      for (const { system, catalogue, document } of preparation.systems) {
        writeAcceptance(system.definition.directory, catalogue.claims, document.requirements)
        console.log(
          `${system.config.name}: ${catalogue.claims.length} claims accepted in ${acceptanceFile}`,
        )
      }
    })
}
