import { parseArgs } from 'node:util'
import { connectPostgres, loadConfig, systemClock, usageExitCode } from 'service-kit'
import { ownerEnvironment } from './config.ts'
import { reports } from './report/maintenance.ts'
import { describeReport } from './report/report.ts'

const { positionals, values } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const [name = ''] = positionals
const make = reports[name]
if (make === undefined) {
  console.error(`usage: report ${Object.keys(reports).join('|')} [--json]`)
  process.exit(usageExitCode)
}
const { MIGRATE_DATABASE_URL: url } = loadConfig(ownerEnvironment)
const postgres = connectPostgres({
  url,
  applicationName: 'jeex-report',
  poolMax: 1,
  statementTimeoutMs: 60_000,
  onIdleError: (error) => process.emitWarning(error),
})
try {
  const report = await make({ pool: postgres.pool, clock: systemClock })
  console.log(values.json ? JSON.stringify(report) : describeReport(name, report))
} finally {
  await postgres.close()
}
