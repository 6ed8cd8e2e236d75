// What this machine keeps any program from seeing: as many programs as a server and a driver are do
// nothing but look at the clock, at the same time, and count the moments that came to nobody's eyes.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const programs = 2
const lookMs = 10_000

const looker = `
  const [, lookMs, lateMs] = process.argv.map(Number)
  const from = performance.now()
  let unseenMs = 0
  for (let last = from; last - from < lookMs; ) {
    const now = performance.now()
    unseenMs += Math.max(0, now - last - lateMs)
    last = now
  }
  console.log(unseenMs / lookMs)
`

/**
 * Of each of two programs that only look at the clock, the share of moments after which it looked
 * again no sooner than `lateMs` later: what happens then is seen late, whatever the program is.
 */
export async function unseenShares(lateMs: number): Promise<readonly number[]> {
  const run = promisify(execFile)
  const outputs = await Promise.all(
    Array.from({ length: programs }, () =>
      run(process.execPath, ['-e', looker, `${lookMs}`, `${lateMs}`]),
    ),
  )
  return outputs.map(({ stdout }) => Number(stdout)).sort((a, b) => a - b)
}
