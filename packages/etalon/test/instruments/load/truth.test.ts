import { describe, expect, test } from 'vitest'
import { constantRate } from '../../../src/instruments/load/index.ts'
import { latenessMsOf } from '../../../src/instruments/load/result/driver-doubt.ts'
import { loadTruth, quietly } from './truth.ts'

/** What a measured latency may be off: 1 % or 0.3 ms. */
function slackMs(trueMs: number): number {
  return Math.max(0.01 * trueMs, 0.3)
}

describe('what is known is measured', { timeout: 240_000 }, () => {
  test.for([1, 5, 50])('a fixed delay of %i ms', async (delayMs, context) => {
    const run = await quietly(context, () => loadTruth(`fixed:${delayMs}`, constantRate(200)))
    expect(run.counts.ok).toBe(1_600)
    for (const p of [0.5, 0.99]) {
      for (const { value } of [run.latency.quantile(p), run.service.quantile(p)]) {
        expect(value).toBeGreaterThanOrEqual(delayMs)
        expect(value).toBeLessThan(delayMs + slackMs(delayMs))
      }
    }
  })

  test('every tenth answer late by a known law', async (context) => {
    // 2,000 requests a second make 16,000, of which 1,600 are late by 20 to 120 ms, evenly.
    const run = await quietly(context, () => loadTruth('tenth', constantRate(2_000)))
    expect(run.counts.ok).toBe(16_000)
    for (const [p, trueMs] of [
      [0.92, 40],
      [0.95, 70],
      [0.99, 110],
    ] as const) {
      expect(run.latency.quantile(p).value).toBeGreaterThan(0.99 * trueMs)
      expect(run.latency.quantile(p).value).toBeLessThan(1.01 * trueMs)
    }
  })

  test("wrk2's example: 2,000 requests a second and one stall of 1.4 s", async (context) => {
    // Of 26,000 starts 1 % are 260, those due in the first 0.13 s of the stall: they wait 1.27 s.
    const options = { durationMs: 13_000, connections: 100 }
    const run = await quietly(
      context,
      () => loadTruth('stall:8000', constantRate(2_000), options),
      // What is looked at is so large that a driver late by some milliseconds sees it too.
      ({ driver }) => latenessMsOf(driver) < 30,
    )
    expect(run.counts.ok).toBe(26_000)
    expect(run.latency.quantile(0.99).value).toBeGreaterThan(0.95 * 1_270)
    expect(run.latency.quantile(0.99).value).toBeLessThan(1.05 * 1_270)
    // What a driver sees that only looks from the sending: hardly anything.
    expect(run.service.quantile(0.99).value).toBeLessThan(127)
  })
})
