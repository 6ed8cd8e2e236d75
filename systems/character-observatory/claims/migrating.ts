import { numberedMigrations, type NumberedMigrations, type SystemHandle } from 'etalon'

/** Where the migrations keep what has been run. */
export const ledger = 'public.schema_migrations'

/** The system's migrations, as its own command runs them. */
export function stepsOf(system: SystemHandle): NumberedMigrations {
  return numberedMigrations(system, {
    directory: new URL('../migrations', import.meta.url),
    command: (direction, to) => ['node', 'src/migrate.ts', direction, '--to', to],
    env: ({ postgres }) => ({ MIGRATE_DATABASE_URL: postgres.url('owner') }),
  })
}
