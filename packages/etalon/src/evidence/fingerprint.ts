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
  return {
    commit: git(directory, ['rev-parse', 'HEAD']) ?? 'none',
    dirty: (git(directory, ['status', '--porcelain']) ?? '') !== '',
    node: process.version,
    platform: `${os.platform()} ${os.release()} ${os.arch()}`,
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cores: cpus.length,
    memoryBytes: os.totalmem(),
    loadAverage: os.loadavg()[0] ?? 0,
    machineClass: machineClass(),
  }
}

/** Names the kind of this machine: its system, its processors and its memory, to a whole GiB. */
export function machineClass(): string {
  const cpus = os.cpus()
  const cpu = cpus[0]?.model.trim() ?? 'unknown'
  const gibibytes = Math.round(os.totalmem() / 2 ** 30)
  const machine = [os.platform(), os.arch(), cpu, cpus.length, gibibytes]
  return createHash('sha256').update(machine.join('|')).digest('hex').slice(0, 12)
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
