import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'

/** A process as the kernel lists it. */
export interface ProcessEntry {
  readonly pid: number
  /** File name of the program, for example `postgres`. */
  readonly program: string
}

/**
 * The living processes whose environment holds the mark `NAME=value`, or that work inside
 * `directory`. A mark in the environment is inherited by everything a process starts and needs no
 * registration, so there is no moment between a start and its registration in which a kill could
 * leave a stranger behind. The folder finds servers that write their title over their environment,
 * as Redis does.
 */
export function processesOf(mark: string, directory: string): ProcessEntry[] {
  return process.platform === 'linux' ? foundInProc(mark, directory) : foundByPs(mark)
}

/**
 * When a process started, in clock ticks since boot: with the id it names a process for good,
 * because ids are used again. `undefined` when there is no such living process.
 */
export function startTicks(pid: number): string | undefined {
  if (process.platform !== 'linux') return isAlive(pid) ? 'unknown' : undefined
  const stat = statOf(pid)
  return stat === undefined || stat.state === 'Z' ? undefined : stat.startTicks
}

/** Names the namespace of process ids that this process lives in; the same for all without one. */
export function processNamespace(): string {
  return process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid') : ''
}

/** Flag of a task that is on its way out (PF_EXITING in Linux's sched.h). */
const exitingFlag = 0x4

/**
 * Whether a process runs. One that has ended and only waits to be noticed does not, nor one that is
 * ending: it closes its connections before it is gone, and who saw them close asks at once.
 */
export function isRunning(pid: number): boolean {
  if (process.platform !== 'linux') return isAlive(pid)
  const stat = statOf(pid)
  return stat !== undefined && stat.state !== 'Z' && (stat.flags & exitingFlag) === 0
}

/** Who started a process, and the kernel's letter for what it does: `T` stopped, `Z` ended. */
export interface ProcessState {
  readonly pid: number
  readonly parent: number
  readonly state: string
}

/** The state of one process, or of all that can be seen; those that ended meanwhile are left out. */
export function processStates(only?: number): ProcessState[] {
  if (process.platform !== 'linux') return statesByPs(only)
  const pids =
    only === undefined ? readdirSync('/proc').map(Number).filter(Number.isInteger) : [only]
  return pids.flatMap((pid) => {
    const stat = statOf(pid)
    return stat ? [{ pid, parent: stat.parent, state: stat.state }] : []
  })
}

interface ProcessStat {
  readonly state: string
  readonly parent: number
  readonly flags: number
  readonly startTicks: string
}

/** What `/proc/<pid>/stat` tells (proc(5)); the name before it may hold spaces and brackets. */
function statOf(pid: number): ProcessStat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state = '', parent, flags, ticks = ''] = [fields[0], fields[1], fields[6], fields[19]]
    return { state, parent: Number(parent), flags: Number(flags), startTicks: ticks }
  } catch {
    return undefined
  }
}

function statesByPs(only?: number): ProcessState[] {
  const which = only === undefined ? ['-ax'] : ['-p', String(only)]
  const { stdout } = spawnSync('ps', [...which, '-o', 'pid=,ppid=,state='], { encoding: 'utf8' })
  return stdout
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent, state = '']) => {
      return { pid: Number(pid), parent: Number(parent), state: state.charAt(0) }
    })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function foundInProc(mark: string, directory: string): ProcessEntry[] {
  const found: ProcessEntry[] = []
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry)
    if (!Number.isInteger(pid)) continue
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'latin1')
      const marked = `\0${environment}`.includes(`\0${mark}\0`)
      if (!marked && !readlinkSync(`/proc/${pid}/cwd`).startsWith(directory)) continue
      found.push({ pid, program: basename(readlinkSync(`/proc/${pid}/exe`)) })
    } catch {
      // Ended meanwhile, or another user's: not one of ours in either case.
    }
  }
  return found
}

function foundByPs(mark: string): ProcessEntry[] {
  const listing = execFileSync('ps', ['axEww', '-o', 'pid=,command='], {
    maxBuffer: 64 * 1_024 * 1_024,
  }).toString()
  return listing
    .split('\n')
    .filter((line) => line.includes(` ${mark} `) || line.endsWith(` ${mark}`))
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, program]) => ({ pid: Number(pid), program: basename(program ?? '') }))
}
