import { readFileSync } from 'node:fs'
import { check, type EnvironmentCheck } from './check.ts'

// Below this, both services with their servers swap, and every measurement is one of the disk.
const availableBytesMin = 512 * 1_024 * 1_024

/**
 * Looks whether the machine has memory left, as far as this process may use it: a control group
 * may bound it, or who started it (`ulimit -d`), which the services would be bound by as well.
 */
export function checkMemory(): EnvironmentCheck {
  const availableBytes = Math.min(process.availableMemory(), dataLeftBytes())
  const mebibytes = Math.floor(availableBytes / 1_024 / 1_024)
  return check(
    'memory',
    { found: availableBytes },
    (found) => ({ ok: found >= availableBytesMin, found: `${mebibytes} MiB available` }),
    'end what else runs, or give the machine at least 512 MiB of free memory',
  )
}

/** What the kernel still lets the process take (RLIMIT_DATA); no bound where it tells of none. */
function dataLeftBytes(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8')
    const status = readFileSync('/proc/self/status', 'utf8')
    const limitBytes = /^Max data size\s+(\d+)/m.exec(limits)?.[1]
    const takenKibibytes = /^VmData:\s+(\d+) kB/m.exec(status)?.[1]
    if (limitBytes === undefined || takenKibibytes === undefined) return Infinity
    return Number(limitBytes) - Number(takenKibibytes) * 1_024
  } catch {
    return Infinity
  }
}
