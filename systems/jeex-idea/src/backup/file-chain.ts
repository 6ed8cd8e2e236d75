import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readManifest, type BackupManifest } from './manifest.ts'

/** A file of a backup and what it says that it is. */
export interface BackupFile {
  readonly path: string
  readonly manifest: BackupManifest
}

/**
 * What restoring the backup of a file takes, found in its folder: itself first, and the full one
 * last. Rejects when one is missing, or another lies in its place.
 */
export async function findFileChain(path: string): Promise<BackupFile[]> {
  const folder = dirname(path)
  const chain: BackupFile[] = [{ path, manifest: await readManifest(path) }]
  for (let wanted = chain[0]?.manifest.base_id ?? null; wanted !== null;) {
    const file = join(folder, await fileNameOf(folder, wanted))
    const manifest = await readManifest(file)
    if (manifest.id !== wanted || chain.some((each) => each.manifest.id === wanted)) {
      throw new Error(`${file} holds backup ${manifest.id}`)
    }
    chain.push({ path: file, manifest })
    wanted = manifest.base_id
  }
  return chain
}

async function fileNameOf(folder: string, id: string): Promise<string> {
  const name = (await readdir(folder)).find((each) => each.endsWith(`-${id}.jsonl.gz`))
  if (name === undefined) throw new Error(`the file of backup ${id} is not in ${folder}`)
  return name
}
