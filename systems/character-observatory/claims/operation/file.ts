import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { SystemHandle } from 'etalon'

const root = join(import.meta.dirname, '../../../..')
const own = 'systems/character-observatory/'

/** A file of the system's folder, as the running system has it. */
export async function textOf(system: SystemHandle, file: string): Promise<string> {
  const { code, stdout } = await system.run(['cat', file])
  if (code !== 0) throw new RangeError(`expected the file ${file}, found none`)
  return stdout
}

/** Those of the paths, each from the repository's root, at which nothing is. */
export async function missingOf(system: SystemHandle, paths: readonly string[]): Promise<string[]> {
  const missing: string[] = []
  for (const path of new Set(paths)) {
    const isThere = path.startsWith(own)
      ? (await system.run(['test', '-e', path.slice(own.length)])).code === 0
      : existsSync(join(root, path))
    if (!isThere) missing.push(path)
  }
  return missing
}
