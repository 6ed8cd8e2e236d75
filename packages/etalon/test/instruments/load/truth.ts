import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { constantRate, createLoad } from '../../../src/instruments/load/index.ts'
import type { AnyShape, LoadOptions, LoadRun } from '../../../src/instruments/load/index.ts'
import { plainSession } from '../../../src/instruments/plain-session.ts'

const program = fileURLToPath(new URL('truth-server.ts', import.meta.url))

/** How long the server took for an answer, at least and at most, on its own clock. */
export interface Took {
  readonly leastMs: number
  readonly mostMs: number
}

/** Runs `work` against a server whose delays follow a law; an exact one says what it really did. */
export async function withTruth<Result>(
  law: string,
  work: (url: string, took: () => Promise<readonly Took[]>) => Promise<Result>,
  manner: 'usual' | 'exact' = 'usual',
): Promise<Result> {
  const child = fork(program, [law, manner])
  const [port] = (await once(child, 'message')) as [number]
  const took = async (): Promise<readonly Took[]> => {
    child.send('took')
    const [answers] = (await once(child, 'message')) as [Took[]]
    return answers
  }
  try {
    return await work(`http://127.0.0.1:${port}`, took)
  } finally {
    const ended = once(child, 'exit')
    child.disconnect()
    await ended
  }
}

/** Puts load on a server whose delays follow a law. */
export function loadTruth(
  law: string,
  shape: AnyShape,
  options: Partial<LoadOptions> = {},
): Promise<LoadRun> {
  const load = createLoad(plainSession('truth'))
  return withTruth(law, (url) =>
    load(shape, {
      url,
      durationMs: 8_000,
      warmUpMs: 500,
      threads: 1,
      requests: [{ path: '/' }],
      ...options,
    }),
  )
}

/**
 * Puts a constant rate on an exact server; gives what was measured, and what the server really did
 * with the requests of the measured part.
 */
export function loadExactTruth(
  law: string,
  rateHz: number,
  options: Partial<LoadOptions> = {},
): Promise<{ run: LoadRun; took: readonly Took[] }> {
  const load = createLoad(plainSession('truth'))
  const warmUpMs = 1_000
  const measure = async (url: string, tookAll: () => Promise<readonly Took[]>) => {
    const fixed = { url, durationMs: 8_000, warmUpMs, threads: 1, requests: [{ path: '/' }] }
    const run = await load(constantRate(rateHz), { ...fixed, ...options })
    return { run, took: (await tookAll()).slice((rateHz * warmUpMs) / 1_000) }
  }
  return withTruth(law, measure, 'exact')
}
