import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'

/**
 * Folder for what later runs reuse (an initialised data directory, unpacked servers).
 * `ETALON_CACHE` chooses it; else the user's cache folder; else the temporary folder. A variable
 * that is set to nothing counts as not set (XDG Base Directory Specification).
 */
export function cacheDirectory(): string {
  const home = process.env['XDG_CACHE_HOME'] || join(os.homedir(), '.cache')
  const wanted = process.env['ETALON_CACHE'] || join(home, 'etalon')
  try {
    mkdirSync(wanted, { recursive: true })
    accessSync(wanted, constants.W_OK)
    return wanted
  } catch {
    const fallback = join(stateDirectory(), 'cache')
    mkdirSync(fallback, { recursive: true })
    return fallback
  }
}

/**
 * Folder for what must be gone after a run: data directories and leases. It may be entered (not
 * read) by others, because as root the servers run as another user.
 */
export function stateDirectory(): string {
  const directory = join(os.tmpdir(), `etalon-${process.getuid?.() ?? 0}`)
  mkdirSync(directory, { recursive: true })
  chmodSync(directory, 0o711)
  return directory
}
