import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openLedger, type Account, type Ledger } from '../../../src/kernel/ledger/index.ts'
import { random } from '../../../src/kernel/random.ts'
import { modelOf, type Step } from './model.ts'

const lateAfterMs = 5

function follow(steps: readonly Step[]): Ledger {
  const ledger = openLedger({ openedAtMs: 0, lateAfterMs })
  for (const [index, step] of steps.entries()) {
    const atMs = index + 1
    switch (step.do) {
      case 'hear': {
        const { key, sequence, ageMs } = step
        const sentAtMs = ageMs === undefined ? undefined : atMs - ageMs
        ledger.hear({ key, sequence, sentAtMs, receivedAtMs: atMs, place: key, belongsTo: key })
        break
      }
      case 'leak': {
        const { key, sequence } = step
        ledger.hear({ key, sequence, receivedAtMs: atMs, place: 'elsewhere', belongsTo: key })
        break
      }
      case 'tell':
        ledger.published(step)
        break
      case 'lose':
        ledger.connectionLost(atMs)
        break
      case 'regain':
        ledger.connectionRegained(atMs)
        break
    }
  }
  return ledger
}

function summary(account: Account): Record<string, unknown> {
  const { latency: _latency, cuts, ...facts } = account
  const counted = Object.entries(facts).map(([name, fact]) => [
    name,
    typeof fact === 'object' && 'among' in fact ? fact.count : fact,
  ])
  return {
    ...Object.fromEntries(counted),
    expected: account.missing.among,
    cuts: cuts.map(({ fromMs, toMs }) => ({ fromMs, toMs })),
  }
}

const key = fc.constantFrom('a', 'b')
const sequence = fc.integer({ min: 0, max: 24 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record(
      { do: fc.constant('hear' as const), key, sequence, ageMs: fc.integer({ min: 0, max: 20 }) },
      { requiredKeys: ['do', 'key', 'sequence'] },
    ),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leak' as const), key, sequence }) },
  {
    weight: 6,
    arbitrary: fc.record(
      {
        do: fc.constant('tell' as const),
        key: fc.constant('b'),
        sequence,
        outcome: fc.constantFrom('ok', 'ok', 'failed', 'unknown'),
        sentAtMs: fc.integer({ min: 1, max: 60 }),
      },
      { requiredKeys: ['do', 'key', 'sequence'] },
    ),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'lose' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'regain' as const }) },
)

test('a ledger gives the account that lists would give', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      expect(summary(follow(steps).account())).toEqual(modelOf(steps, lateAfterMs))
    }),
    { seed: 1, numRuns: 3_000 },
  )
})

test('what is missing is told with the neighbours that were heard', () => {
  fc.assert(
    fc.property(fc.uniqueArray(sequence, { minLength: 1 }), (sequences) => {
      const steps = sequences.map((one) => ({ do: 'hear' as const, key: 'a', sequence: one }))
      const { missing } = follow(steps).account()
      const lost: number[] = []
      for (const { from, to, before, after } of missing.examples) {
        expect(before?.sequence).toBe(from - 1)
        expect(after?.sequence).toBe(to + 1)
        expect(before?.receivedAtMs).toBe(sequences.indexOf(from - 1) + 1)
        for (let one = from; one <= to; one += 1) lost.push(one)
      }
      const [least, greatest] = [Math.min(...sequences), Math.max(...sequences)]
      const between = Array.from({ length: greatest - least + 1 }, (_none, at) => least + at)
      expect(lost).toEqual(between.filter((one) => !sequences.includes(one)))
    }),
    { seed: 1 },
  )
})

describe('an anomaly planted into a faultless delivery of 30,000 messages', () => {
  const draw = random('planted')
  const faultless: Step[] = Array.from({ length: 30_000 }, (_none, index) => ({
    do: 'hear' as const,
    key: `channel-${index % 3}`,
    sequence: 10_000_000_000 + Math.floor(index / 3),
    ageMs: index === 0 ? 0 : 1,
  }))
  const findings = ({
    missing,
    missedInCuts,
    duplicated,
    reordered,
    late,
    leaked,
    unexpected,
  }: Account): Record<string, number> =>
    Object.fromEntries(
      Object.entries({ missing, missedInCuts, duplicated, reordered, late, leaked, unexpected })
        .map(([name, { count }]) => [name, count] as const)
        .filter(([, count]) => count > 0),
    )
  const planted: Record<string, readonly [(at: number) => Step[], Record<string, number>]> = {
    nothing: [() => faultless, {}],
    'one that is lost': [(at) => faultless.toSpliced(at, 1), { missing: 1 }],
    'one that comes twice': [
      (at) => faultless.toSpliced(at + 100, 0, faultless[at] as Step),
      { duplicated: 1 },
    ],
    'two in the wrong order': [
      (at) => faultless.with(at, faultless[at + 3] as Step).with(at + 3, faultless[at] as Step),
      { reordered: 1 },
    ],
    'one that takes long': [
      (at) => faultless.with(at, { ...(faultless[at] as Step & { do: 'hear' }), ageMs: 6 }),
      { late: 1 },
    ],
    'one that comes elsewhere': [
      (at) => faultless.with(at, { ...(faultless[at] as Step & { do: 'hear' }), do: 'leak' }),
      { leaked: 1, missing: 1 },
    ],
    'six that are lost around a cut': [
      (at) => faultless.toSpliced(at, 6, { do: 'lose' }, { do: 'regain' }),
      { missedInCuts: 6 },
    ],
  }

  test.each(Object.entries(planted))('%s', (_name, [plant, expected]) => {
    const steps = plant(draw.integer(1_000, 28_000))
    expect(findings(follow(steps).account())).toEqual(expected)
  })

  test('one whose publication had failed, and one that nobody told of', () => {
    const ledger = follow(faultless.slice(0, 300))
    for (let one = 0; one < 98; one += 1) {
      ledger.published({ key: 'channel-0', sequence: 10_000_000_000 + one })
    }
    ledger.published({ key: 'channel-0', sequence: 10_000_000_098, outcome: 'failed' })
    expect(ledger.account().unexpected).toMatchObject({
      count: 2,
      among: 100,
      examples: [{ outcome: 'failed' }, { outcome: 'never told' }],
    })
  })
})

describe('latency', () => {
  const latencyOf = (agesMs: readonly (number | undefined)[]) => {
    const ledger = openLedger({ openedAtMs: 0 })
    for (const [index, ageMs] of agesMs.entries()) {
      if (ageMs === undefined) continue
      const receivedAtMs = 1_000 + index
      const sentAtMs = receivedAtMs - ageMs
      ledger.hear({ key: 'a', sequence: index, receivedAtMs, sentAtMs })
    }
    return ledger.account().latency
  }
  const draw = random('latency')

  test('is bounded on both sides of its quantile, its mean and its greatest', () => {
    const agesMs = Array.from({ length: 2_000 }, () => draw.integer(1, 100))
    const latency = latencyOf(agesMs)
    const { value, low, high } = latency.quantile(0.95)
    expect(value).toBe(agesMs.toSorted((a, b) => a - b)[1_899])
    expect(low).toBeGreaterThan(90)
    expect(high).toBeLessThan(100)
    expect(latency.mean().value).toBeCloseTo(agesMs.reduce((sum, age) => sum + age, 0) / 2_000, 6)
    expect(latency.maxMs).toBe(Math.max(...agesMs))
  })

  test('of messages that resemble their neighbours is bounded less closely', () => {
    const apart = Array.from({ length: 4_000 }, () => draw.integer(1, 100))
    const alike = Array.from({ length: 4_000 }, (_none, at) => apart[Math.floor(at / 100)] ?? 0)
    const [apartP50, alikeP50] = [latencyOf(apart).quantile(0.5), latencyOf(alike).quantile(0.5)]
    expect(alikeP50.high - alikeP50.low).toBeGreaterThan(3 * (apartP50.high - apartP50.low))
  })

  test('of what is missing is longer than all others', () => {
    const agesMs = Array.from({ length: 1_000 }, (_none, at) => (at % 10 === 5 ? undefined : 2))
    const latency = latencyOf(agesMs)
    expect(latency.quantile(0.5).value).toBe(2)
    expect(latency.quantile(0.95).value).toBe(Infinity)
    expect(latency.mean().value).toBe(Infinity)
    expect(latency.maxMs).toBe(Infinity)
  })

  test('of nothing is none, rather than short', () => {
    const latency = latencyOf([])
    expect(latency.maxMs).toBeNaN()
    expect(latency.mean().samples).toBe(0)
    expect(latency.quantile(0.95).samples).toBe(0)
  })

  test('by another clock is doubted so that it decides nothing', () => {
    const latency = latencyOf([1, 2, -400, 1])
    expect(latency.quantile(0.5).doubts).toContainEqual(
      expect.objectContaining({ kind: 'other-clock' }),
    )
    expect(latency.maxMs).toBeNaN()
  })

  test('by a receiver that stood still itself decides nothing, and nothing was late', () => {
    const stood = { kind: 'overloaded-driver', message: 'the receiver itself was late' } as const
    const ledger = openLedger({ openedAtMs: 0, lateAfterMs: 5 })
    ledger.hear({ key: 'a', sequence: 1, sentAtMs: 100, receivedAtMs: 400 })
    expect(ledger.account().late).toMatchObject({ count: 1, among: 1 })
    const { latency, late } = ledger.account([stood])
    expect(latency.maxMs).toBeNaN()
    expect(late).toMatchObject({ count: 0, among: 0 })
  })

  test('leaves out what was caught up, which its cut tells of', () => {
    const ledger = openLedger({ openedAtMs: 0 })
    ledger.hear({ key: 'a', sequence: 1, sentAtMs: 9, receivedAtMs: 10 })
    ledger.connectionLost(20)
    ledger.connectionRegained(1_000)
    ledger.hear({ key: 'a', sequence: 2, sentAtMs: 25, receivedAtMs: 1_002 })
    ledger.hear({ key: 'a', sequence: 3, sentAtMs: 999, receivedAtMs: 1_004 })
    ledger.hear({ key: 'a', sequence: 4, sentAtMs: 1_009, receivedAtMs: 1_010 })
    const { latency, caughtUp, cuts } = ledger.account()
    expect(latency.maxMs).toBe(1)
    expect(caughtUp).toBe(2)
    expect(cuts).toEqual([{ fromMs: 20, toMs: 1_000, caughtUp: 2, catchUpMs: 4 }])
  })
})

test.each([-1, 1.5, Number.NaN, 2 ** 53])('a sequence of %d is refused', (sequence) => {
  const ledger = openLedger({ openedAtMs: 0 })
  const refused = { key: 'a', sequence, receivedAtMs: 1 }
  expect(() => ledger.hear(refused)).toThrow(`a: expected a sequence that is a whole number`)
  expect(() => ledger.published(refused)).toThrow(RangeError)
})

test('a million messages cost a few tens of bytes each', () => {
  const messages = 1_000_000
  const before = process.memoryUsage()
  const ledger = openLedger({ openedAtMs: 0 })
  for (let sequence = 0; sequence < messages; sequence += 1) {
    ledger.published({ key: 'a', sequence, sentAtMs: sequence })
    ledger.hear({ key: 'a', sequence, sentAtMs: sequence, receivedAtMs: sequence + 1 })
  }
  const after = process.memoryUsage()
  expect(ledger.delivered).toBe(messages)
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(64 * messages)
})
