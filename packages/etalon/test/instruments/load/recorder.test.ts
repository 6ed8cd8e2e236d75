import { expect, test } from 'vitest'
import { bucketOf } from '../../../src/instruments/load/histogram/log-linear.ts'
import {
  Book,
  bookBytes,
  bucketsFor,
  live,
  outcome,
} from '../../../src/instruments/load/recording/book.ts'
import { harvest } from '../../../src/instruments/load/recording/harvest.ts'
import { Recorder } from '../../../src/instruments/load/recording/recorder.ts'

const [measuredFromUs, durationMs] = [5_000_000, 3_000]

function opened(): { book: Book; recorder: Recorder; okBySecond: () => number[] } {
  const layout = { ring: durationMs / 1_000, series: 1, buckets: bucketsFor(2_000) }
  const book = new Book(new SharedArrayBuffer(bookBytes(layout)), layout)
  for (let second = 0; second < layout.ring; second += 1) book.open(second)
  const recorder = new Recorder(book, durationMs)
  recorder.measureFrom(measuredFromUs)
  const okBySecond = (): number[] =>
    Array.from({ length: layout.ring }, (_none, second) =>
      harvest([book], second).series.reduce((sum, { outcomes }) => sum + (outcomes[0] ?? 0), 0),
    )
  return { book, recorder, okBySecond }
}

const step = (sentUs: number) =>
  ({ series: 0, dueUs: sentUs, sentUs, code: outcome.ok, status: 200, bytes: 2 }) as const

test('what is due outside the measured part is not kept, and nothing is lost for it', () => {
  const { book, recorder, okBySecond } = opened()
  for (const sentMs of [4_999, 5_000, 6_500, 7_999, 8_000, 8_300, 11_000]) {
    recorder.measured(step(sentMs * 1_000), sentMs * 1_000 + 400)
  }
  expect(okBySecond()).toEqual([1, 1, 1])
  expect(book.live[live.misplaced]).toBe(0)
})

test("what failed is no answer, and its latency is nobody's", () => {
  const { book, recorder } = opened()
  const failed = { ...step(measuredFromUs), code: outcome.status, status: 503 }
  recorder.ended(failed, measuredFromUs + 400)
  recorder.ended(step(measuredFromUs), measuredFromUs + 400)
  const [series] = harvest([book], 0).series
  expect(series).toMatchObject({ answered: 1, bytes: 2 })
})

test('the driver is late also for what never began', () => {
  const { book, recorder } = opened()
  recorder.notStarted(0, measuredFromUs, 250_000)
  expect(book.lateness[bucketOf(250_000)]).toBe(1)
})

test('a result whose second has another place by now is told as lost', () => {
  const { book, recorder, okBySecond } = opened()
  book.open(3)
  recorder.measured(step(measuredFromUs), measuredFromUs + 400)
  expect(okBySecond().slice(1)).toEqual([0, 0])
  expect(book.live[live.misplaced]).toBeGreaterThan(0)
})
