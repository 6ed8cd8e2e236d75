import { loadConfig, runMigrateCommand } from 'service-kit'
import { migrationEnvironment } from './config.ts'
import { jobNames } from './job.ts'

const { MIGRATE_DATABASE_URL: databaseUrl } = loadConfig(migrationEnvironment)
const directory = new URL('../migrations', import.meta.url).pathname
process.exitCode = await runMigrateCommand(
  process.argv.slice(2),
  { databaseUrl, directory, jobs: { role: 'lfa_app', queues: Object.values(jobNames) } },
  console.log,
)
