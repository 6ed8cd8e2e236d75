import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from 'service-kit'

/** A name that sorts by time and that no other process gives. */
export function reportName(at: Date): string {
  const time = at.toISOString().replaceAll(/[-:]/g, '')
  return `integrity-${time}-${randomBytes(4).toString('hex')}.json`
}

/** Writes a report, whole or not at all. */
export async function writeReport(directory: string, name: string, report: unknown): Promise<void> {
  await writeWhole(join(directory, name), `${JSON.stringify(report, null, 2)}\n`)
}

/** Deletes reports; those that are gone already, or lie with another process, are no matter. */
export async function deleteReports(directory: string, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => rm(join(directory, name), { force: true })))
}
