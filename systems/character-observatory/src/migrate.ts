// Not the whole of service-kit: a command that migrates needs no web server.
import { loadConfig } from 'service-kit/config'
import { runMigrateCommand } from 'service-kit/migrate'
import { ownerEnvironment } from './config.ts'

const { MIGRATE_DATABASE_URL: databaseUrl } = loadConfig(ownerEnvironment)
const directory = new URL('../migrations', import.meta.url).pathname
process.exitCode = await runMigrateCommand(
  process.argv.slice(2),
  { databaseUrl, directory },
  (line) => process.stdout.write(`${line}\n`),
)
