import { expect, test } from 'vitest'
import { constantRate } from '../../../src/instruments/load/index.ts'
import { latenessMsOf } from '../../../src/instruments/load/result/driver-doubt.ts'
import { loadTruth, quietly } from './truth.ts'

// Delays of milliseconds are held against the truth by `npm run bench -- load-truth`, because they need
// a quiet machine. This one is so large that any machine sees it.
test(
  "wrk2's example: 2,000 requests a second and one stall of 1.4 s",
  { timeout: 240_000 },
  async (context) => {
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
  },
)
