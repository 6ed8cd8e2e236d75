import { Command } from 'commander'
import { addCacheSyncCommand } from './command/cache-sync.ts'
import { addEnvCheckCommand } from './command/env-check.ts'
import { addEtfUniverseCommand } from './command/etf-universe.ts'
import { addLoaderCommand } from './command/loader.ts'
import { addPatternCommand } from './command/pattern.ts'
import { addReferenceCommand } from './command/reference.ts'
import { addScenarioCommand } from './command/scenario.ts'

const program = new Command('tickstock')
  .description('ETF universes, cache synchronisation and synthetic scenarios')
  .showHelpAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 3))

addEnvCheckCommand(program)
addReferenceCommand(program)
addEtfUniverseCommand(program)
addLoaderCommand(program)
addCacheSyncCommand(program)
addScenarioCommand(program)
addPatternCommand(program)

await program.parseAsync()
