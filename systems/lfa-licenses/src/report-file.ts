import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** A name that sorts by time and that no other process gives. */
export function reportName(at: Date): string {
  const time = at.toISOString().replaceAll(/[-:]/g, '')
  return `integrity-${time}-${randomBytes(4).toString('hex')}.json`
}

/**
 * Writes a report whole or not at all: a reader never meets half of one, and what has its name is
 * on the disk.
 */
export async function writeReport(directory: string, name: string, report: unknown): Promise<void> {
  await mkdir(directory, { recursive: true })
  const path = join(directory, name)
  const draft = `${path}.part`
  try {
    const file = await open(draft, 'w', 0o640)
    try {
      await file.writeFile(`${JSON.stringify(report, null, 2)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** Deletes reports; those that are gone already, or lie with another process, are no matter. */
export async function deleteReports(directory: string, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => rm(join(directory, name), { force: true })))
}
