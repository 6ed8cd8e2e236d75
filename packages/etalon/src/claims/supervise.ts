import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { plainEnvironment } from '../environment/system-process.ts'
import { monotonicMs } from '../kernel/clock.ts'
import type { ClaimJob, JobClaim, JobMessage } from './job.ts'
import type { ClaimEnd } from './judge-claim.ts'

const claimProgram = fileURLToPath(new URL('claim-process.ts', import.meta.url))
/** Left to itself Node.js keeps some 100 MB of garbage in each process before it looks. */
const leanMemory = ['--max-semi-space-size=2']
const startTimeoutMs = 120_000
const stopTimeoutMs = 30_000
const logBytesMax = 1_024 * 1_024

/** Told as a job goes on; every claim of the job is started at most once and ended exactly once. */
export interface JobWatcher {
  started(claim: string): void
  ended(claim: string, end: ClaimEnd): void
}

/** How far one claim process came. */
interface ProcessEnd {
  /** Claims that ended, in any way. */
  readonly ended: readonly string[]
  /** Set when the claims that remain cannot be run by another process either. */
  readonly hopeless?: string
}

/**
 * Runs a job to its end: a claim that hangs is killed with everything it started, one that crashes
 * is the only one that is charged for it, and the claims after it run in a fresh process on a fresh
 * instance.
 *
 * @param freshDatabase gives the clone for a further process
 * @param signal ends everything at once; claims that have not ended are told so
 * @throws whatever the watcher throws, once the claim process has ended
 */
export async function superviseJob(
  job: ClaimJob,
  watcher: JobWatcher,
  freshDatabase: () => Promise<string | undefined>,
  signal: AbortSignal,
): Promise<void> {
  let remaining = job
  for (;;) {
    const claimProcess = new SupervisedProcess(remaining, watcher)
    const interrupt = (): void => claimProcess.giveUp('the run was interrupted')
    if (signal.aborted) interrupt()
    signal.addEventListener('abort', interrupt, { once: true })
    const { ended, hopeless } = await claimProcess.end()
    signal.removeEventListener('abort', interrupt)

    const left = remaining.claims.filter(({ id }) => !ended.includes(id))
    const reason = hopeless ?? (ended.length === 0 ? 'the claim process ended before it began' : '')
    const isOver = (claim: JobClaim): boolean => reason !== '' || hasBegun(claim)
    for (const { id } of left.filter(isOver)) {
      const cutShort = reason === '' ? 'the claim process ended as the claim began' : reason
      watcher.ended(id, { durationMs: 0, cutShort })
    }
    const claims = left.filter((claim) => !isOver(claim))
    if (claims.length === 0) return
    const { database: _used, ...rest } = remaining
    const database = await freshDatabase()
    remaining = { ...rest, claims, ...(database === undefined ? {} : { database }) }
  }
}

/** Whether there is evidence of a claim of which nothing was heard: a dying process may say less. */
function hasBegun({ evidenceFile }: JobClaim): boolean {
  return existsSync(evidenceFile)
}

/** One claim process and what it does, until its end. */
class SupervisedProcess {
  readonly #watcher: JobWatcher
  readonly #child: ChildProcess
  readonly #ended: string[] = []
  #current: { readonly claim: string; readonly startedAtMs: number } | undefined
  /** Why the process was killed, when it was. */
  #killedFor: string | undefined
  #hopeless: string | undefined
  /** What the watcher threw: thrown again by `end`, since nobody catches it in a message. */
  #watcherFailure: { readonly error: unknown } | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(job: ClaimJob, watcher: JobWatcher) {
    this.#watcher = watcher
    this.#child = startClaimProcess(job)
    this.#expect('the instance was not ready', startTimeoutMs)
    this.#child.on('message', (message: JobMessage) => this.#hearSafely(message))
    this.#child.send(job)
  }

  /** Ends the process because nothing it could still find is wanted. */
  giveUp(reason: string): void {
    this.#hopeless ??= reason
    this.#kill(reason)
  }

  async end(): Promise<ProcessEnd> {
    const [code, signal] = (await once(this.#child, 'exit')) as [number | null, string | null]
    clearTimeout(this.#timer)
    killGroup(this.#child)
    if (this.#watcherFailure) throw this.#watcherFailure.error
    const how = signal ? `signal ${signal}` : `code ${code}`
    this.#endCurrent(
      this.#killedFor ?? this.#hopeless ?? `the claim process ended with ${how} while it ran`,
    )
    const ended = this.#ended
    return this.#hopeless === undefined ? { ended } : { ended, hopeless: this.#hopeless }
  }

  #hearSafely(message: JobMessage): void {
    if (this.#watcherFailure) return
    try {
      this.#hear(message)
    } catch (error) {
      this.#watcherFailure = { error }
      this.#kill('the run cannot go on')
    }
  }

  #hear(message: JobMessage): void {
    switch (message.kind) {
      case 'ready':
      case 'instance-lost':
        this.#expect('the claim process did nothing', stopTimeoutMs)
        break
      case 'started':
        this.#current = { claim: message.claim, startedAtMs: monotonicMs() }
        this.#expect('the claim did not end', message.timeoutMs)
        this.#watcher.started(message.claim)
        break
      case 'ended':
        this.#endCurrent()
        this.#expect('the claim process did not go on', stopTimeoutMs)
        break
      case 'failed':
        this.#hopeless = message.problem
        break
    }
  }

  /** Kills the process unless it is heard from again in time. */
  #expect(complaint: string, timeoutMs: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#kill(`${complaint} within ${timeoutMs / 1_000} s`)
    }, timeoutMs)
  }

  #kill(reason: string): void {
    this.#killedFor ??= reason
    killGroup(this.#child)
  }

  #endCurrent(cutShort?: string): void {
    if (!this.#current) return
    const { claim, startedAtMs } = this.#current
    this.#current = undefined
    this.#ended.push(claim)
    const durationMs = monotonicMs() - startedAtMs
    this.#watcher.ended(claim, cutShort === undefined ? { durationMs } : { durationMs, cutShort })
  }
}

/** A process in a group of its own, so that it ends together with all it started. */
function startClaimProcess(job: ClaimJob): ChildProcess {
  const child = spawn(process.execPath, [...leanMemory, claimProgram], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
    env: plainEnvironment(job.servers.runId),
  })
  keepLog(child, `${job.logs}/${job.name}.log`)
  return child
}

/** Keeps what a claim prints, up to a size: a claim that floods its log must not fill the disk. */
function keepLog(child: ChildProcess, file: string): void {
  const log = createWriteStream(file, { flags: 'a' })
  // A full disk is told by the run directory's own writes; a claim's chatter is not worth a crash.
  log.on('error', () => {})
  let writtenBytes = 0
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      if (writtenBytes > logBytesMax) return
      writtenBytes += chunk.length
      log.write(chunk)
      if (writtenBytes > logBytesMax) log.write('\n… cut: the log is full\n')
    })
  }
  child.once('close', () => log.end())
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
