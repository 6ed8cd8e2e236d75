import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { EtalonError, messageOf } from '../kernel/errors.ts'

/**
 * Lets processes take no more than `headroomBytes` of address space beyond what each has now: past
 * that the kernel refuses memory to it (RLIMIT_AS, set from outside by `prlimit`). A limit on the
 * address space needs no rights and no control groups, and works on a process that runs already.
 *
 * @returns lifts the limit from those that still run
 * @throws ETALON_FAULT_UNAVAILABLE where there is no /proc or no `prlimit`
 */
export function limitMemory(pids: readonly number[], headroomBytes: number): () => void {
  for (const pid of pids) setSoftLimit(pid, String(addressSpaceBytes(pid) + headroomBytes))
  return () => {
    for (const pid of pids) {
      if (isThere(pid)) setSoftLimit(pid, 'unlimited')
    }
  }
}

function setSoftLimit(pid: number, limit: string): void {
  try {
    const command = ['--pid', String(pid), `--as=${limit}:`]
    execFileSync('prlimit', command, { stdio: 'pipe', ...ownerOf(pid) })
  } catch (error) {
    if (!isThere(pid)) return
    const problem = `prlimit did not set it: ${messageOf(error).trim().split('\n')[0]}`
    throw new EtalonError('ETALON_FAULT_UNAVAILABLE', { fault: 'memoryLimit', problem })
  }
}

/** Only its own user may limit a process; not even root may without the capability for it. */
function ownerOf(pid: number): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const { uid, gid } = statSync(`/proc/${pid}`)
  return { uid, gid }
}

function addressSpaceBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/^VmSize:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1_024
  } catch (error) {
    const problem = `the size of the process ${pid} cannot be read: ${messageOf(error)}`
    throw new EtalonError('ETALON_FAULT_UNAVAILABLE', { fault: 'memoryLimit', problem })
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
