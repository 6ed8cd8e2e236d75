import { runMigrations } from 'service-kit/migrate'
import { jobInstallation } from './job.ts'

await runMigrations(new URL('../migrations', import.meta.url), jobInstallation)
