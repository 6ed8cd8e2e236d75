import { spawn } from 'node:child_process'
import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs'
import { within } from '../kernel/clock.ts'
import { endMembers, killFamily, membersOf } from './process-tree.ts'

/** How to start a process that belongs to a run. */
export interface ChildOptions {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Both outputs are appended to this file by the process itself, so they outlive Etalon. */
  readonly logFile: string
  /** Run as another user; only root can. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined
  /** A process group of its own, so that it and all it starts can be ended together. */
  readonly ownGroup?: boolean
}

export interface ChildExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A running process of a run. */
export interface Child {
  readonly name: string
  readonly pid: number
  readonly exited: Promise<ChildExit>
  readonly exit: ChildExit | undefined
  /** Whether Etalon asked for its end, so that the end is no finding about the system. */
  readonly endWasAsked: boolean
  signal(signal: NodeJS.Signals): void
  /** Asks for an orderly end and forces it after `graceMs`; so with what it leaves behind. */
  stop(signal?: NodeJS.Signals, graceMs?: number): Promise<ChildExit>
  /**
   * Ends it and all that descend from it at once: what listens may stand behind a shell or `npm`.
   *
   * @returns how many processes were ended
   */
  kill(): Promise<number>
  /** The last bytes of its log, for error messages. */
  logTail(bytes?: number): string
}

/** Starts a process. A command that cannot be started gives a child that has exited with 127. */
export function startChild(options: ChildOptions): Child {
  const log = openSync(options.logFile, 'a')
  const [program, ...args] = options.command
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', log, log],
    detached: options.ownGroup ?? false,
    ...(options.user ? { uid: options.user.uid, gid: options.user.gid } : {}),
  })
  const pid = child.pid ?? -1
  let exit: ChildExit | undefined
  let endWasAsked = false
  const exited = new Promise<ChildExit>((resolve) => {
    child.once('exit', (code, signal) => {
      exit = { code, signal }
      resolve(exit)
    })
    child.once('error', (error) => {
      writeSync(log, `${error.message}\n`)
      exit = { code: 127, signal: null }
      resolve(exit)
    })
  })
  void exited.then(() => closeSync(log))

  const send = (signal: NodeJS.Signals): void => {
    if (exit === undefined) child.kill(signal)
  }
  // One that could not be started has no id, and one that has exited may have lost it to another.
  const isThere = (): boolean => exit === undefined && child.pid !== undefined
  const kill = async (): Promise<number> => {
    endWasAsked = true
    const ended = isThere() ? await killFamily(pid) : []
    await exited
    return ended.length
  }
  const stop = async (signal: NodeJS.Signals, graceMs: number): Promise<ChildExit> => {
    endWasAsked = true
    if (!isThere()) return exited
    const family = membersOf(pid)
    send(signal)
    const forced = new Error('grace is over')
    const ended = await within(exited, graceMs, () => forced).catch(async (error: unknown) => {
      if (error !== forced) throw error
      await kill()
      return exited
    })
    await endMembers(family, signal, graceMs)
    return ended
  }
  return {
    name: options.name,
    pid,
    exited,
    get exit() {
      return exit
    },
    get endWasAsked() {
      return endWasAsked
    },
    signal: send,
    stop: (signal = 'SIGTERM', graceMs = 10_000) => stop(signal, graceMs),
    kill,
    logTail: (bytes = 2_000) => tailOf(options.logFile, bytes),
  }
}

/** How a process ended, for sentences: `code 1`, `signal SIGKILL`. */
export function describeExit(exit: ChildExit): string {
  return exit.signal ? `signal ${exit.signal}` : `code ${exit.code}`
}

/** The last bytes of a file, or an empty text when there is none. */
function tailOf(file: string, bytes: number): string {
  try {
    const size = statSync(file).size
    const buffer = Buffer.alloc(Math.min(bytes, size))
    const handle = openSync(file, 'r')
    readSync(handle, buffer, 0, buffer.length, Math.max(0, size - bytes))
    closeSync(handle)
    return buffer.toString('utf8').trim()
  } catch {
    return ''
  }
}
