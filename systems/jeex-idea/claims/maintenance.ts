import type { SystemHandle } from 'etalon'

type Line = Readonly<Record<string, string | number | boolean | null>>

/** A report of maintenance as programs read it. */
export interface MaintenanceReport {
  readonly figures: Line
  readonly lines: readonly Line[]
  readonly worries: readonly string[]
}

/** Asks for a report by its name. @throws Error with what the command said, when it made none */
export async function readReport(system: SystemHandle, name: string): Promise<MaintenanceReport> {
  const command = ['node', 'src/report.ts', name, '--json'] as const
  const { code, stdout, stderr } = await system.run(command, ({ postgres }) => ({
    ENVIRONMENT: 'development',
    MIGRATE_DATABASE_URL: postgres.url('owner'),
  }))
  if (code !== 0) throw new Error(`report ${name} ended with ${code}: ${stderr}`)
  return JSON.parse(stdout) as MaintenanceReport
}

/** The reports that a service has left in its log. */
export function loggedReports(
  system: SystemHandle,
): (MaintenanceReport & { readonly report: string })[] {
  const lines = system.log().split('\n')
  return lines
    .filter((line) => line.includes('"report of maintenance"'))
    .map((line) => JSON.parse(line) as MaintenanceReport & { readonly report: string })
}
