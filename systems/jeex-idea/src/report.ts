import { parseArgs } from 'node:util'
import { loadConfig, systemClock, usageExitCode, withPool } from 'service-kit'
import { ownerEnvironment } from './config.ts'
import { reportNames } from './job.ts'
import { reports } from './report/maintenance.ts'
import { describeReport } from './report/report.ts'

const { positionals, values } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const name = reportNames.find((known) => known === positionals[0])
if (name === undefined) {
  console.error(`usage: report ${reportNames.join('|')} [--json]`)
  process.exit(usageExitCode)
}
const { MIGRATE_DATABASE_URL: url } = loadConfig(ownerEnvironment)
const report = await withPool({ url, applicationName: 'jeex-report' }, (pool) =>
  reports[name]({ pool, clock: systemClock }),
)
console.log(values.json ? JSON.stringify(report) : describeReport(name, report))
