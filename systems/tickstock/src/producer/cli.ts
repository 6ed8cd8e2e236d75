import { Command } from 'commander'

const program = new Command('tickstock')
  .description('ETF universes, cache synchronisation and synthetic scenarios')
  .showHelpAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 3))

await program.parseAsync()
