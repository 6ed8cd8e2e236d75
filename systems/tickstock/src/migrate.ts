import { runMigrations } from 'service-kit/migrate'

await runMigrations(new URL('../migrations', import.meta.url))
