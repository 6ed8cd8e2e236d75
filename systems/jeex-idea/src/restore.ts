import { parseArgs } from 'node:util'
import { loadConfig, usageExitCode } from 'service-kit'
import { runMigrateCommand } from 'service-kit/migrate'
import { migrations, restoreBackup } from './backup/restore.ts'
import { ownerEnvironment } from './config.ts'
import { jobInstallation } from './job.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const [file, ...more] = positionals
if (file === undefined || more.length > 0) {
  console.error('usage: restore FILE')
  process.exit(usageExitCode)
}
const { MIGRATE_DATABASE_URL: databaseUrl } = loadConfig(ownerEnvironment)
try {
  const { files, tables, isEqual } = await restoreBackup(databaseUrl, file)
  for (const { path, manifest } of files) console.log(`${manifest.kind.padEnd(11)}  ${path}`)
  for (const { table, rows_expected: expected, rows_restored: restored, equal } of tables) {
    console.log(`${equal ? 'equal' : 'NOT EQUAL'}  ${table}: ${restored} of ${expected} rows`)
  }
  if (!isEqual) throw new Error('what the files hold is not what was backed up')
} catch (error) {
  console.error(`nothing was restored: ${error instanceof Error ? error.message : 'unknown'}`)
  process.exit(1)
}
const options = { databaseUrl, directory: migrations, jobs: jobInstallation }
process.exitCode = await runMigrateCommand(['up'], options, console.log)
