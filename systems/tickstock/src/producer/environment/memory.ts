import { check, type EnvironmentCheck } from './check.ts'

// Below this, both services with their servers swap, and every measurement is one of the disk.
const availableBytesMin = 512 * 1_024 * 1_024

/** Looks whether the machine has memory left, as far as this process may use it. */
export function checkMemory(availableBytes = process.availableMemory()): EnvironmentCheck {
  const mebibytes = Math.floor(availableBytes / 1_024 / 1_024)
  return check(
    'memory',
    { found: availableBytes },
    (found) => ({ ok: found >= availableBytesMin, found: `${mebibytes} MiB available` }),
    'end what else runs, or give the machine at least 512 MiB of free memory',
  )
}
