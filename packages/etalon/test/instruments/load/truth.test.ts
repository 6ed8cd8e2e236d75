import { expect, test } from 'vitest'
import { constantRate } from '../../../src/instruments/load/index.ts'
import {
  Book,
  bookBytes,
  bucketsFor,
  outcome,
} from '../../../src/instruments/load/recording/book.ts'
import { harvest } from '../../../src/instruments/load/recording/harvest.ts'
import { Recorder } from '../../../src/instruments/load/recording/recorder.ts'
import { latencyOf, type Latency } from '../../../src/instruments/load/result/latency.ts'
import { OpenSchedule } from '../../../src/instruments/load/schedule/open-schedule.ts'
import { shapeOf } from '../../../src/instruments/load/shapes/index.ts'
import type { OpenShape } from '../../../src/instruments/load/shapes/shape.ts'
import { loadTruth } from './truth.ts'

// wrk2's example: 2,000 requests a second and one stall of 1.4 s. Of 26,000 starts 1 % are 260, those
// due in the first 0.13 s of the stall: they wait 1.27 s.
const [rateHz, durationMs, connections, stallMs] = [2_000, 13_000, 100, 1_400]
const p99Ms = 1_270

test("wrk2's example, in computed time", () => {
  const { latency, service } = stalled()
  expect(latency.quantile(0.99).value).toBeGreaterThan(0.99 * p99Ms)
  expect(latency.quantile(0.99).value).toBeLessThan(1.01 * p99Ms)
  // What a driver sees that only looks from the sending: how long a hundred others took.
  expect(service.quantile(0.99).value).toBeCloseTo(1, 1)
})

// A busy machine makes somebody wait longer, never shorter: so it is held from below. What the
// instrument adds on a quiet one is measured by `npm run bench -- load-truth`.
test("wrk2's example, with a server that stops", { timeout: 240_000 }, async () => {
  const run = await loadTruth('stall:8000', constantRate(rateHz), { durationMs, connections })
  expect(run.counts.ok).toBe((rateHz * durationMs) / 1_000)
  expect(run.latency.quantile(0.99).value).toBeGreaterThan(0.99 * p99Ms)
  expect(run.service.quantile(0.99).value).toBeLessThan(run.latency.quantile(0.99).value)
})

/** What the driver records of a server that takes 0.01 ms for each in turn, and stops at the 8,000th. */
function stalled(): { latency: Latency; service: Latency } {
  const shape = shapeOf(constantRate(rateHz)) as OpenShape
  const span = { beginUs: 0, measuredFromUs: 0, endUs: durationMs * 1_000 }
  const schedule = new OpenSchedule(shape, span, 0, 1)
  const layout = { ring: durationMs / 1_000, series: 1, buckets: bucketsFor(20_000) }
  const book = new Book(new SharedArrayBuffer(bookBytes(layout)), layout)
  for (let second = 0; second < layout.ring; second += 1) book.open(second)
  const recorder = new Recorder(book, durationMs)
  recorder.measureFrom(0)
  const endedUs: number[] = []
  while (schedule.nextDueUs < Number.POSITIVE_INFINITY) {
    const dueUs = schedule.nextDueUs
    const start = schedule.take()
    const sentUs = Math.max(dueUs, endedUs[start - connections] ?? 0)
    const tookUs = 10 + (start === 8_000 ? stallMs * 1_000 : 0)
    const nowUs = Math.max(sentUs, endedUs[start - 1] ?? 0) + tookUs
    endedUs.push(nowUs)
    const ended = { series: 0, dueUs, sentUs, code: outcome.ok, status: 200, bytes: 2 }
    recorder.ended(ended, nowUs)
  }
  const seconds = Array.from({ length: layout.ring }, (_none, second) => harvest([book], second))
  const first = seconds.flatMap(({ series }) => series)
  return {
    latency: latencyOf(first, ({ fromDue }) => fromDue, []),
    service: latencyOf(first, ({ fromSent }) => fromSent, []),
  }
}
