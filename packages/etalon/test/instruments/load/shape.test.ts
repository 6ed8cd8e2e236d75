import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  constantRate,
  rampingRate,
  rampingUsers,
  spike,
  users,
} from '../../../src/instruments/load/index.ts'
import { ClosedSchedule } from '../../../src/instruments/load/schedule/closed-schedule.ts'
import { OpenSchedule } from '../../../src/instruments/load/schedule/open-schedule.ts'
import { shapeOf } from '../../../src/instruments/load/shapes/index.ts'
import type { AnyShape } from '../../../src/instruments/load/shapes/index.ts'
import type { ClosedShape, OpenShape } from '../../../src/instruments/load/shapes/shape.ts'
import { random } from '../../../src/kernel/random.ts'

const open = (spec: AnyShape): OpenShape => shapeOf(spec) as OpenShape
const closed = (spec: AnyShape): ClosedShape => shapeOf(spec) as ClosedShape
const span = { beginUs: 0, measuredFromUs: 1_000_000, endUs: 11_000_000 }

/** When the starts of all threads are due, in microseconds. */
function duesOf(shape: OpenShape, threads: number): number[] {
  const dues: number[] = []
  for (let thread = 0; thread < threads; thread += 1) {
    const schedule = new OpenSchedule(shape, span, thread, threads)
    while (schedule.nextDueUs < Number.POSITIVE_INFINITY) {
      dues.push(schedule.nextDueUs)
      schedule.take()
    }
  }
  return dues.sort((a, b) => a - b)
}

function startsBetween(dues: readonly number[], fromMs: number, toMs: number): number {
  const from = span.measuredFromUs + fromMs * 1_000
  return dues.filter((due) => due >= from && due < span.measuredFromUs + toMs * 1_000).length
}

describe('open shapes', () => {
  test('a constant rate has as many starts as it says, in warm-up too', () => {
    const dues = duesOf(open(constantRate(100)), 1)
    expect(startsBetween(dues, -1_000, 0)).toBe(100)
    expect(startsBetween(dues, 0, 10_000)).toBe(1_000)
  })

  test('a ramp has the starts of the area below it', () => {
    for (const [from, to] of [
      [100, 300],
      [300, 100],
      [200, 200],
    ] as const) {
      const dues = duesOf(open(rampingRate(from, to, 8_000)), 1)
      expect(startsBetween(dues, 0, 8_000)).toBe(1_600)
      expect(startsBetween(dues, 0, 4_000)).toBe(4 * ((3 * from + to) / 4))
      expect(startsBetween(dues, 8_000, 10_000)).toBe(2 * to)
    }
  })

  test('a spike is where it was put', () => {
    const dues = duesOf(open(spike({ baseHz: 50, peakHz: 500, fromMs: 3_000, forMs: 2_000 })), 1)
    expect(startsBetween(dues, 0, 3_000)).toBe(150)
    expect(startsBetween(dues, 3_000, 5_000)).toBe(1_000)
    expect(startsBetween(dues, 5_000, 10_000)).toBe(250)
  })

  test('threads share every start, and none twice', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 5 }),
        (rate, threads) => {
          const shape = open(constantRate(rate))
          expect(duesOf(shape, threads)).toEqual(duesOf(shape, 1))
        },
      ),
      { numRuns: 40 },
    )
  })

  test('dues never go back', () => {
    const specs = [rampingRate(1, 900, 5_000), rampingRate(900, 1, 5_000)]
    for (const spec of specs) {
      const dues = Array.from({ length: 3_000 }, (_none, start) => open(spec).dueAtMs(start))
      expect(dues.every((due, at) => at === 0 || due >= (dues[at - 1] as number))).toBe(true)
    }
  })
})

describe('closed shapes', () => {
  const share = { thread: 0, threads: 1 }

  test('users come within the first second of the warm-up', () => {
    const schedule = new ClosedSchedule(closed(users(10)), span, share, random('x'))
    const dues = Array.from({ length: 10 }, () => {
      const due = schedule.nextDueUs
      schedule.take()
      return due
    })
    expect(dues).toEqual(Array.from({ length: 10 }, (_none, user) => user * 100_000))
  })

  test('a ramp of users up and down has the users it says', () => {
    const up = closed(rampingUsers(2, 6, 4_000))
    expect([0, 1, 2, 3, 4, 5].map((user) => up.activeFromMs(user))).toEqual([
      0, 0, 1_000, 2_000, 3_000, 4_000,
    ])
    const down = closed(rampingUsers(6, 2, 4_000))
    expect(down.usersMax).toBe(6)
    expect([5, 4, 3, 2].map((user) => down.activeUntilMs(user))).toEqual([0, 1_000, 2_000, 3_000])
    expect(down.activeUntilMs(1)).toBe(Number.POSITIVE_INFINITY)
  })

  test('think times are drawn by the seed, for each user by himself', () => {
    const dues = (seed: string): number[] => {
      const shape = closed(users(3, { law: 'exponential', thinkMsMean: 200 }))
      const schedule = new ClosedSchedule(shape, span, share, random(seed))
      return Array.from({ length: 30 }, () => {
        const due = schedule.nextDueUs
        schedule.ended(schedule.take(), due)
        return due
      })
    }
    expect(dues('a')).toEqual(dues('a'))
    expect(dues('a')).not.toEqual(dues('b'))
  })

  test.each([
    () => constantRate(0),
    () => constantRate(Number.NaN),
    () => users(-1),
    () => rampingRate(1, 2, 0),
    () => spike({ baseHz: 1, peakHz: 0, fromMs: 1, forMs: 1 }),
  ])('refuses numbers that make no sense', (make) => {
    expect(make).toThrow(RangeError)
  })
})
