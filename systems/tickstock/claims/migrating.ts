import { readdirSync } from 'node:fs'
import type { CommandResult, MigrationSteps, SystemHandle } from 'etalon'

/** Where the migrations keep what has been run. */
export const ledger = 'public.schema_migrations'

const files = readdirSync(new URL('../migrations', import.meta.url)).sort()

/** Migrations that tell how their command ended. */
interface ToldSteps extends MigrationSteps {
  readonly up: (version: string) => Promise<CommandResult>
  readonly down: (version: string | undefined) => Promise<CommandResult>
}

/** The system's migrations by their numbers, as its own command runs them. */
export function stepsOf(system: SystemHandle): ToldSteps {
  const migrate = (direction: 'up' | 'down', to: string) =>
    system.run(['node', 'src/migrate.ts', direction, '--to', to], ({ postgres }) => ({
      MIGRATE_DATABASE_URL: postgres.url('owner'),
    }))
  return {
    versions: files.map((_name, at) => String(at + 1)),
    up: (to) => migrate('up', to),
    down: (to = '0') => migrate('down', to),
  }
}
