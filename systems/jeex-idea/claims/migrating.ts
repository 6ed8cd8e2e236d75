import { numberedMigrations, type NumberedMigrations, type SystemHandle } from 'etalon'

/**
 * Where the migrations keep what has been run, and where the job engine says when it was installed.
 */
export const kept = {
  ledger: 'public.schema_migrations',
  counted: ['pgboss.queue', 'pgboss.version'],
}

/** The system's migrations, as its own command runs them. */
export function stepsOf(system: SystemHandle): NumberedMigrations {
  return numberedMigrations(system, {
    directory: new URL('../migrations', import.meta.url),
    command: (direction, to) => ['node', 'src/migrate.ts', direction, '--to', to],
    env: ({ postgres }) => ({
      ENVIRONMENT: 'development',
      MIGRATE_DATABASE_URL: postgres.url('owner'),
    }),
  })
}
