import { expect, test } from 'vitest'
import type { Estimate } from '../estimate.ts'
import { random, type Random } from '../random.ts'
import { quantileOfSlices, rateOfSlices } from './block-bootstrap.ts'
import { meanOf } from './mean.ts'
import { normalQuantile } from './normal.ts'
import { pairedRatioOf, type PairedRound } from './paired-ratio.ts'
import { quantileOf } from './quantile.ts'
import { quantileRatioOf, quantileRatioOfSlices } from './quantile-ratio.ts'
import { rateDifferenceOf } from './rate-difference.ts'
import { rateOf, type Tally } from './rate.ts'

// Simulated runs with fixed seeds: how often a nominal 95 % interval holds the true figure. The
// numbers of samples are such that the conservative methods come near their confidence; that they
// never fall below it for small ones is shown exactly, without simulation, in their own tests.
const confidence = 0.95
const value = { unit: 'value', confidence } as const

test('rate: 94 to 96 %', () => {
  for (const p of [0.5, 0.9]) {
    const covered = coverageOf(4_000, p, `rate ${p}`, (source) =>
      rateOf({ successes: successesOf(source, 1_000, p), trials: 1_000 }, { confidence }),
    )
    expect(covered, `p ${p}`).toBeGreaterThan(0.94)
    expect(covered, `p ${p}`).toBeLessThan(0.96)
  }
})

test('quantile: 94 to 96 %, whatever the distribution', () => {
  const cases = [
    {
      p: 0.5,
      samples: 250,
      truth: 1,
      draw: (source: Random) => Math.exp(source.fraction() * 2 - 1),
    },
    { p: 0.95, samples: 1_200, truth: 0.05 ** -0.5, draw: (source: Random) => pareto(source) },
  ]
  for (const { p, samples, truth, draw } of cases) {
    const covered = coverageOf(4_000, truth, `quantile ${p}`, (source) =>
      quantileOf(
        Float64Array.from({ length: samples }, () => draw(source)),
        p,
        value,
      ),
    )
    expect(covered, `p ${p}`).toBeGreaterThan(0.94)
    expect(covered, `p ${p}`).toBeLessThan(0.96)
  }
})

test('mean: 94 to 96 %, of few samples and of a correlated series', () => {
  const few = coverageOf(4_000, 0, 'mean few', (source) => meanOf(normals(source, 12), value))
  const correlated = coverageOf(2_500, 0, 'mean correlated', (source) =>
    meanOf(autoregressive(source, 1_500, 0.6), value),
  )
  for (const covered of [few, correlated]) {
    expect(covered).toBeGreaterThan(0.94)
    expect(covered).toBeLessThan(0.96)
  }
})

test('paired ratio: 94 to 96 %, few rounds and many', () => {
  for (const [rounds, runs] of [
    [25, 4_000],
    [200, 2_000],
  ] as const) {
    const covered = coverageOf(runs, 1.3, `ratio ${rounds}`, (source) =>
      pairedRatioOf(roundsOf(source, rounds, 1.3), { confidence }),
    )
    expect(covered, `${rounds} rounds`).toBeGreaterThan(0.94)
    expect(covered, `${rounds} rounds`).toBeLessThan(0.96)
  }
})

test('paired ratio: few rounds are conservative', () => {
  for (const rounds of [6, 7, 9, 12]) {
    const covered = coverageOf(3_000, 1, `ratio ${rounds}`, (source) =>
      pairedRatioOf(roundsOf(source, rounds, 1), { confidence }),
    )
    expect(covered, `${rounds} rounds`).toBeGreaterThan(0.94)
  }
})

test('paired ratio: equal things are told apart in 5 % of runs, not more', () => {
  const covered = coverageOf(4_000, 1, 'equal', (source) =>
    pairedRatioOf(roundsOf(source, 40, 1), { confidence }),
  )
  // 5 % and twice the standard error of 4,000 runs.
  expect(1 - covered).toBeLessThan(0.05 + 2 * Math.sqrt((0.05 * 0.95) / 4_000))
})

test('rate difference: 94 to 96 %, with sides of equal and of very different size', () => {
  for (const [p, trials, referenceP, referenceTrials] of [
    [0.5, 200, 0.4, 200],
    [0.03, 600, 0.02, 3_000],
    [0.02, 1_000, 0.02, 1_000],
  ] as const) {
    const covered = coverageOf(3_000, p - referenceP, `difference ${p} ${trials}`, (source) =>
      rateDifferenceOf(
        { successes: successesOf(source, trials, p), trials },
        { successes: successesOf(source, referenceTrials, referenceP), trials: referenceTrials },
        { confidence },
      ),
    )
    expect(covered, `${trials} and ${referenceTrials} trials`).toBeGreaterThan(0.94)
    expect(covered, `${trials} and ${referenceTrials} trials`).toBeLessThan(0.96)
  }
})

test('quantile ratio: 94 to 98 %, of medians and of a heavy tail', () => {
  for (const [p, samples, referenceSamples] of [
    [0.5, 150, 600],
    [0.95, 600, 600],
    [0.95, 300, 1_500],
  ] as const) {
    const covered = coverageOf(3_000, 1.3, `quantile ratio ${p} ${samples}`, (source) =>
      quantileRatioOf(
        Float64Array.from({ length: samples }, () => 1.3 * pareto(source)),
        Float64Array.from({ length: referenceSamples }, () => pareto(source)),
        { p, confidence },
      ),
    )
    expect(covered, `P${100 * p} of ${samples}`).toBeGreaterThan(0.94)
    expect(covered, `P${100 * p} of ${samples}`).toBeLessThan(0.98)
  }
})

test('one-sided: a bound of the usual confidence fails in 5 % of runs at most', () => {
  const runs = 4_000
  const source = random('one-sided')
  let rateTooLow = 0
  let quantileTooLow = 0
  for (let run = 0; run < runs; run += 1) {
    const rate = rateOf({ successes: successesOf(source, 1_000, 0.99), trials: 1_000 })
    const sample = Float64Array.from({ length: 1_000 }, () => source.fraction())
    if (rate.low > 0.99) rateTooLow += 1
    if (quantileOf(sample, 0.99, { unit: 'value' }).high < 0.99) quantileTooLow += 1
  }
  expect(rateTooLow / runs).toBeLessThan(0.057)
  expect(quantileTooLow / runs).toBeLessThan(0.057)
})

// Series of first order whose values are standard normal. In the first two cases neighbouring
// samples are correlated; in the last two all samples of a slice share a level that makes up 30 or
// 10 % of the variance, and the levels of neighbouring slices are correlated.
const series = [
  { runs: 1_000, slices: 60, name: 'samples', correlation: 0.9, draw: sampled(60, 0.9) },
  { runs: 300, slices: 120, name: 'samples', correlation: 0.99, draw: sampled(120, 0.99) },
  { runs: 1_000, slices: 60, name: 'levels', correlation: 0.5, draw: levelled(60, 0.5, 0.3) },
  { runs: 300, slices: 300, name: 'levels', correlation: 0.8, draw: levelled(300, 0.8, 0.1) },
]

test.each(series)(
  'block bootstrap: 93 % or more for $slices slices whose $name are correlated by $correlation',
  ({ runs, slices, correlation, draw }) => {
    const source = random(`blocks ${slices} ${correlation}`)
    const covered = { median: 0, p95: 0, p99: 0, rate: 0 }
    for (let run = 0; run < runs; run += 1) {
      const sample = draw(source)
      const holdsQuantile = (p: number): number =>
        Number(holds(quantileOfSlices(sample, p, value), normalQuantile(p)))
      covered.median += holdsQuantile(0.5) / runs
      covered.p95 += holdsQuantile(0.95) / runs
      covered.p99 += holdsQuantile(0.99) / runs
      covered.rate += Number(holds(rateOfSlices(tallied(sample), { confidence }), 0.9)) / runs
    }
    for (const [figure, share] of Object.entries(covered)) {
      expect(share, figure).toBeGreaterThan(0.93)
    }
  },
)

test('quantile ratio of slices: 92 % or more, whether what disturbs them is shared or not', () => {
  const draw = levelled(60, 0.5, 0.3)
  const scaled = (slices: number[][], factor: number): number[][] =>
    slices.map((slice) => slice.map((sample) => factor * Math.exp(0.4 * sample)))
  for (const simultaneous of [false, true]) {
    const covered = coverageOf(600, 1.3, `ratio of slices ${simultaneous}`, (source) => {
      const levels = autoregressive(source, 60, simultaneous ? 0.5 : 0)
      const shared = (slices: number[][]): number[][] =>
        slices.map((slice, at) =>
          slice.map((sample) => sample + (simultaneous ? (levels[at] as number) : 0)),
        )
      const [subject, reference] = [
        scaled(shared(draw(source)), 1.3),
        scaled(shared(draw(source)), 1),
      ]
      return quantileRatioOfSlices(subject, reference, { p: 0.95, simultaneous, confidence })
    })
    expect(covered, simultaneous ? 'shared' : 'not shared').toBeGreaterThan(0.92)
  }
})

test('block bootstrap: long correlation, of which blocks see a part', () => {
  const draw = levelled(60, 0.8, 0.3)
  const covered = coverageOf(1_000, 0, 'long', (source) =>
    quantileOfSlices(draw(source), 0.5, value),
  )
  expect(covered).toBeGreaterThan(0.92)
})

test('block bootstrap: what order statistics of correlated samples would cover', () => {
  const draw = sampled(60, 0.9)
  const covered = coverageOf(200, normalQuantile(0.95), 'naive', (source) =>
    quantileOf(draw(source).flat(), 0.95, value),
  )
  expect(covered).toBeLessThan(0.7)
})

function coverageOf(
  runs: number,
  truth: number,
  seed: string,
  estimate: (source: Random) => Estimate,
): number {
  const source = random(seed)
  let covered = 0
  for (let run = 0; run < runs; run += 1) covered += Number(holds(estimate(source), truth))
  return covered / runs
}

function holds({ low, high }: Estimate, truth: number): boolean {
  return low <= truth && truth <= high
}

function successesOf(source: Random, trials: number, p: number): number {
  let successes = 0
  for (let trial = 0; trial < trials; trial += 1) successes += Number(source.fraction() < p)
  return successes
}

/** A heavy tail with infinite variance: the p-quantile is (1 - p)^-0.5. */
function pareto(source: Random): number {
  return (1 - source.fraction()) ** -0.5
}

function normal(source: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - source.fraction()))
  return radius * Math.cos(2 * Math.PI * source.fraction())
}

function normals(source: Random, length: number): number[] {
  return Array.from({ length }, () => normal(source))
}

function autoregressive(source: Random, length: number, correlation: number): number[] {
  const fresh = Math.sqrt(1 - correlation ** 2)
  let current = normal(source)
  return Array.from({ length }, () => {
    current = correlation * current + fresh * normal(source)
    return current
  })
}

/** Rounds in which the second measurement is 10 % slower and the noise leans to one side. */
function roundsOf(source: Random, length: number, ratio: number): PairedRound[] {
  return Array.from({ length }, () => {
    const subjectFirst = source.fraction() < 0.5
    const noise = (): number => 1 + 0.2 * (pareto(source) - 1)
    return {
      subject: ratio * noise() * (subjectFirst ? 1 : 1.1),
      reference: noise() * (subjectFirst ? 1.1 : 1),
    }
  })
}

/** Slices of 50 successive samples. */
function sampled(slices: number, correlation: number): (source: Random) => number[][] {
  return (source) => {
    const all = autoregressive(source, slices * 50, correlation)
    return Array.from({ length: slices }, (_, slice) => all.slice(slice * 50, (slice + 1) * 50))
  }
}

/** Slices of 25 samples around a level of their own. */
function levelled(
  slices: number,
  correlation: number,
  share: number,
): (source: Random) => number[][] {
  return (source) =>
    autoregressive(source, slices, correlation).map((level) =>
      normals(source, 25).map((own) => Math.sqrt(share) * level + Math.sqrt(1 - share) * own),
    )
}

function tallied(sample: readonly number[][]): Tally[] {
  const limit = normalQuantile(0.9)
  return sample.map((slice) => {
    let successes = 0
    for (const drawn of slice) successes += Number(drawn < limit)
    return { successes, trials: slice.length }
  })
}
