import { expect, test } from 'vitest'
import { createLooks } from '../../../src/instruments/canary/look.ts'
import { planOf } from '../../../src/instruments/canary/plan.ts'
import { createSplit, type ClientMark } from '../../../src/instruments/canary/split.ts'
import { random } from '../../../src/kernel/random.ts'

const marks: ClientMark[] = ['header:X-User', 'cookie:sid', 'authorization']

test('a client stays on its side, and only moves to the candidate as the weight grows', () => {
  const split = createSplit(marks, random('split'))
  const clients = Array.from({ length: 2_000 }, (_, index) => ({ 'x-user': `user-${index}` }))
  const candidates = (weight: number): Set<number> => {
    split.weight = weight
    const sides = clients.map((headers) => split.choose(headers).side)
    return new Set(sides.flatMap((side, index) => (side === 'candidate' ? [index] : [])))
  }
  const [few, more, all] = [candidates(0.05), candidates(0.5), candidates(1)]
  expect(few.size).toBeGreaterThan(60)
  expect(few.size).toBeLessThan(140)
  expect([...few].every((client) => more.has(client))).toBe(true)
  expect(all.size).toBe(2_000)
  expect(candidates(0.05)).toEqual(few)
  expect(candidates(0).size).toBe(0)
})

test('the first mark that a request carries is its client', () => {
  const split = createSplit(marks, random('marks'))
  const client = (headers: Record<string, string>): string | undefined =>
    split.choose(headers).client
  expect(client({ 'x-user': 'a', cookie: 'sid=1' })).toBe(client({ 'x-user': 'a' }))
  expect(client({ cookie: 'theme=dark; sid=a=b' })).toBe(client({ cookie: 'sid=a=b' }))
  expect(client({ authorization: 'Bearer x' })).not.toBe(client({ authorization: 'Bearer y' }))
  expect(client({ cookie: 'theme=dark' })).toBeUndefined()
})

test('requests without a client are drawn one by one, the same for the same seed', () => {
  const sides = (): string[] => {
    const split = createSplit(marks, random('drawn'))
    split.weight = 0.25
    return Array.from({ length: 4_000 }, () => split.choose({}).side)
  }
  const first = sides()
  expect(sides()).toEqual(first)
  const share = first.filter((side) => side === 'candidate').length / 4_000
  expect(share).toBeGreaterThan(0.22)
  expect(share).toBeLessThan(0.28)
})

test('however many looks there are, they may err with 5 % together', () => {
  const looks = createLooks()
  const spent = { shares: 0, latencies: 0 }
  for (let look = 1; look <= 200; look += 1) {
    expect(looks.dueAt).toBeGreaterThan(look)
    const { shares, latencies } = looks.take(looks.dueAt)
    spent.shares += (1 - shares) / 2
    spent.latencies += (1 - latencies) / 2
    looks.comparedLatencies()
  }
  for (const inAll of Object.values(spent)) {
    expect(inAll).toBeGreaterThan(0.049)
    expect(inAll).toBeLessThan(0.05)
  }
})

test('looks that cannot compare the latencies leave them their 5 %', () => {
  const [early, late] = [createLooks(), createLooks()]
  const [, , third] = [1, 2, 3].map(() => late.take(late.dueAt))
  const first = early.take(early.dueAt)
  expect(third?.latencies).toBe(first.latencies)
  expect(third?.shares).toBeGreaterThan(first.shares)
  late.comparedLatencies()
  expect(late.take(late.dueAt).latencies).toBeGreaterThan(first.latencies)
})

const revisions = { stable: 'http://127.0.0.1:1', candidate: 'http://127.0.0.1:2' }

test.each([
  [{ stable: 'localhost' }, 'stable: expected an http or https URL, found localhost'],
  [{ candidate: 'ftp://x' }, 'candidate: expected an http or https URL, found ftp://x'],
  [{ stepsPercent: [] }, 'found none'],
  [{ stepsPercent: [50, 25] }, 'found 50, 25'],
  [{ stepsPercent: [100] }, 'found 100'],
  [{ stepsPercent: [5, 101] }, 'found 5, 101'],
  [{ stepsPercent: [Number.NaN] }, 'found NaN'],
  [{ samplesMin: 5 }, 'samples: expected 20 or more, found 5'],
  [{ latencyRatioMax: 1 }, 'latency ratio: expected a ratio above 1, found 1'],
  [{ failedShareMax: 2 }, 'failed share: expected a share from 0 to 1, found 2'],
  [{ stepForMs: 0 }, 'step time: expected a time above 0 ms, found 0'],
  [{ port: 70_000 }, 'port: expected a port, found 70000'],
  [{ clientBy: ['cookie' as ClientMark] }, 'found cookie'],
])('a plan of %o is refused', (options, problem) => {
  expect(() => planOf({ ...revisions, ...options })).toThrow(problem)
})
