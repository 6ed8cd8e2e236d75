import { z } from 'zod'
import { readLines } from './read-file.ts'

const fingerprint = z.object({ table: z.string(), rows: z.int(), sum: z.string() })

/** What a backup says of itself, in the first line of its file and in the service's own record. */
export const backupManifest = z.object({
  format: z.literal(2),
  id: z.uuid(),
  kind: z.enum(['full', 'incremental']),
  /** The backup that an incremental one adds to. */
  base_id: z.uuid().nullable(),
  /** The newest migration of the database. */
  schema: z.string(),
  server_version: z.string(),
  /** What the database held at its moment, of which an incremental backup repeats only a part. */
  tables: z.array(fingerprint),
})

export type BackupManifest = z.infer<typeof backupManifest>

const prefix = 'manifest\t'

/** The first line of the file of a backup. */
export function manifestLine(manifest: BackupManifest): string {
  return prefix + JSON.stringify(manifest)
}

/** Whether a file says what it is; those of earlier revisions do not. */
export function isManifest(given: unknown): given is BackupManifest {
  return backupManifest.safeParse(given).success
}

/** What a file says that it is. Rejects when it cannot be read, or is no backup that says so. */
export async function readManifest(path: string): Promise<BackupManifest> {
  for await (const line of readLines(path)) {
    if (!line.startsWith(prefix)) break
    const given: unknown = JSON.parse(line.slice(prefix.length))
    if (!isManifest(given)) break
    return given
  }
  throw new Error(`${path} does not say which backup it is`)
}
