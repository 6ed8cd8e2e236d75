import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { EtalonError } from '../kernel/errors.ts'
import { describeExit } from './child.ts'
import { leaseOf, type Lease } from './lease.ts'
import { sweep } from './sweep.ts'

/** The hold of a run on its reaper. */
export interface Reaper {
  readonly lease: Lease
  /** Names a server given by URL on which this run makes databases and roles. */
  watchDatabaseServer(url: string): void
  /** Names a Redis given by URL on which this run makes users. */
  watchRedisServer(url: string): void
  /**
   * Ends the run's hold: everything it left is removed, by this process where the reaper is gone.
   * Gives what could not be, and that the reaper is gone.
   */
  release(): Promise<string[]>
}

const reaperProcess = fileURLToPath(new URL('reaper-process.ts', import.meta.url))

/** Starts the reaper of a new run. Nothing else of a run may be started before it is ready. */
export async function startReaper(): Promise<Reaper> {
  const runId = randomBytes(5).toString('hex')
  const child = spawn(process.execPath, [reaperProcess, runId], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
    cwd: '/',
  })
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const first = await lines.next()
  if (first.value !== 'ready') {
    throw new EtalonError('ETALON_INTERNAL', { problem: 'the reaper did not start' })
  }
  child.unref()
  // A reaper that is gone leaves the run without a net but not without its results.
  child.stdin.on('error', () => {})

  const given = { databases: new Array<string>(), redis: new Array<string>() }
  let released: Promise<string[]> | undefined
  const release = async (): Promise<string[]> => {
    child.ref()
    child.stdin.end()
    const problems: string[] = []
    for await (const line of { [Symbol.asyncIterator]: () => lines }) problems.push(line)
    const [code, signal] = await ended
    if (code === 0) return problems
    problems.push(`the reaper ended with ${describeExit({ code, signal })}`)
    return [...problems, ...(await sweep(leaseOf(runId), given))]
  }
  return {
    lease: leaseOf(runId),
    watchDatabaseServer: (url) => {
      given.databases.push(url)
      child.stdin.write(`${JSON.stringify({ databases: url })}\n`)
    },
    watchRedisServer: (url) => {
      given.redis.push(url)
      child.stdin.write(`${JSON.stringify({ redis: url })}\n`)
    },
    release: () => (released ??= release()),
  }
}
