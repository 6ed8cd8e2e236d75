import { withPool } from 'service-kit'
import { reportJob, type ReportName } from '../job.ts'
import { reports } from '../report/maintenance.ts'
import type { Service } from '../service.ts'

/** Longer than any report takes. */
const statementTimeoutMs = 600_000

/** Makes a report and leaves it in the log, as a warning where there is something to look at. */
export async function logReport(
  { spare, clock, log }: Pick<Service, 'spare' | 'clock' | 'log'>,
  name: ReportName,
): Promise<void> {
  const report = await spare.use(reportJob(name), (url) =>
    withPool({ url, applicationName: 'jeex-idea-report', statementTimeoutMs, poolMax: 1 }, (pool) =>
      reports[name]({ pool, clock }),
    ),
  )
  const level = report.worries.length > 0 ? 'warn' : 'info'
  log[level]({ report: name, ...report }, 'report of maintenance')
}
