import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { TestContext } from 'vitest'
import { createLoad } from '../../../src/instruments/load/index.ts'
import type { AnyShape, LoadOptions, LoadRun } from '../../../src/instruments/load/index.ts'
import { plainSession } from '../../../src/instruments/plain-session.ts'

const program = fileURLToPath(new URL('truth-server.ts', import.meta.url))
const attemptsMax = 2

/** Runs `work` against a server whose delays follow a law. */
export async function withTruth<Result>(
  law: string,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  const child = fork(program, [law])
  const [port] = (await once(child, 'message')) as [number]
  try {
    return await work(`http://127.0.0.1:${port}`)
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
 * Repeats a measurement until the driver vouches for it. On a machine that never gets quiet the test
 * is skipped, because there the instrument says itself that it cannot tell.
 *
 * @param sound whether the driver was well enough for what is looked at; without any doubt unless given
 */
export async function quietly(
  context: TestContext,
  measure: () => Promise<LoadRun>,
  sound: (run: LoadRun) => boolean = (run) => run.doubts.length === 0,
): Promise<LoadRun> {
  let doubts = ''
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const run = await measure()
    if (sound(run)) return run
    doubts = run.doubts.map(({ message }) => message).join('; ')
  }
  context.skip(`the machine is not quiet: ${doubts}`)
  throw new Error('unreachable: the test was skipped')
}
