import { readdirSync } from 'node:fs'
import type { MigrationSteps, SystemHandle } from 'etalon'

const files = readdirSync(new URL('../migrations', import.meta.url)).sort()

/** Where the migrations keep what has been run. */
export const ledger = 'public.schema_migrations'

/** The system's migrations by their numbers, as its own command runs them. */
export function stepsOf(system: SystemHandle): MigrationSteps {
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
