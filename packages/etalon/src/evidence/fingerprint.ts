import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import os from 'node:os'

/** What the figures of a run depend on besides the system itself. */
export interface Fingerprint {
  readonly commit: string
  /** Whether the working tree differed from the commit. */
  readonly dirty: boolean
  readonly node: string
  readonly platform: string
  readonly cpu: string
  readonly cores: number
  readonly memoryBytes: number
  readonly loadAverage: number
  /** Same text, comparable machine: figures of different classes are never compared. */
  readonly machineClass: string
}

/** Takes the fingerprint of this machine and of the working tree in `directory`. */
export function takeFingerprint(directory: string): Fingerprint {
  const cpus = os.cpus()
  const cpu = cpus[0]?.model.trim() ?? 'unknown'
  const memoryBytes = os.totalmem()
  const machine = [os.platform(), os.arch(), cpu, cpus.length, Math.round(memoryBytes / 2 ** 30)]
  return {
    commit: git(directory, ['rev-parse', 'HEAD']) ?? 'none',
    dirty: (git(directory, ['status', '--porcelain']) ?? '') !== '',
    node: process.version,
    platform: `${os.platform()} ${os.release()} ${os.arch()}`,
    cpu,
    cores: cpus.length,
    memoryBytes,
    loadAverage: os.loadavg()[0] ?? 0,
    machineClass: createHash('sha256').update(machine.join('|')).digest('hex').slice(0, 12),
  }
}

function git(directory: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync('git', args, { cwd: directory, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim()
  } catch {
    return undefined
  }
}
