import { Command } from 'commander'
import { addLoaderCommand } from './command/loader.ts'
import { addReferenceCommand } from './command/reference.ts'

const program = new Command('tickstock')
  .description('ETF universes, cache synchronisation and synthetic scenarios')
  .showHelpAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 3))

addReferenceCommand(program)
addLoaderCommand(program)

await program.parseAsync()
