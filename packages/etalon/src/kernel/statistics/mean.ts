import type { Doubt } from '../doubt.ts'
import type { Estimate } from '../estimate.ts'
import { decidingSamples } from './bisection.ts'
import { type MeasuredOptions, tailOf, usualConfidence } from './confidence.ts'
import { studentCdf, studentQuantile } from './student.ts'

// Schmeiser: beyond 10 to 30 batches the interval hardly narrows, while shorter batches leave more
// of the correlation between them.
const batchesMax = 20
const samplesForBatches = 2 * batchesMax

// Of twenty independent batches, one run in a hundred shows more correlation between neighbours.
const batchCorrelationMax = 0.5

// As of paired rounds: of five samples that all were one of two cases, the other one is not the more
// frequent, with a chance of 1 in 32 to be wrong.
const equalSamplesMin = 5

/** What a mean may be told of its samples. */
export interface MeanOptions extends MeasuredOptions {
  /**
   * By how much samples may differ that read the same, in their unit: 1 for a count. Equal samples
   * then show that they hardly differ.
   */
  readonly resolution?: number
}

interface Batch {
  readonly samples: number
  readonly mean: number
}

/**
 * The mean of a series in the order in which it was measured, whose neighbours may be correlated,
 * in the unit of its samples. From 40 samples on: 20 batches of successive samples, whose means are
 * nearly independent and normal, and Student's t. With fewer, each sample is its own batch: that
 * takes them as independent and normal, and a doubt says so.
 *
 * One sample has no bounds, and neither have fewer than 40 that are all equal: normal ones never
 * are, so that these are of some other kind, and three that cost nothing do not show that the fourth
 * does. Where equal samples come from the resolution of their measurement, say so: from 5 on they
 * count as differing by all that it hides, a deviation of half the resolution at most (Popoviciu's
 * inequality). Without samples the value is NaN. Throws RangeError for a sample that is not finite:
 * a series with a timeout has no mean, take a quantile.
 *
 * Source: B. Schmeiser, Operations Research 30 (1982); A. Law & W. D. Kelton, Simulation Modeling
 * and Analysis, 3rd ed. (2000), section 9.5.3.
 */
export function meanOf(series: ArrayLike<number>, options: MeanOptions): Estimate {
  const confidence = options.confidence ?? usualConfidence
  const tail = tailOf(confidence)
  const samples = series.length
  const batches = batchesOf(series)
  const mean = weightedMean(batches)
  const hidden = (options.resolution ?? 0) / 2
  const deviation = Math.max(hidden, deviationOf(batches, mean))
  const samplesMin = samplesForBounds(batches, hidden)
  const margin =
    samples < samplesMin
      ? Infinity
      : (studentQuantile(1 - tail, batches.length - 1) * deviation) / Math.sqrt(samples)
  return {
    value: mean,
    low: samples === 0 ? -Infinity : mean - margin,
    high: samples === 0 ? Infinity : mean + margin,
    unit: options.unit,
    confidence,
    samples,
    method:
      samples < samplesForBatches
        ? 'Student t of independent samples'
        : `Student t of ${batches.length} batch means (Schmeiser 1982)`,
    doubts: doubtsOf(batches, mean, samples),
    samplesToDecide: (bound) => {
      if (samples < 2 || bound === mean) return undefined
      return decidingSamples(Math.max(samples, samplesMin), (inAll) => {
        const t = (Math.abs(bound - mean) * Math.sqrt(inAll)) / deviation
        return studentCdf(-t, batchCount(inAll) - 1) < tail
      })
    },
  }
}

/** How many samples there have to be for bounds, if further ones look like these. */
function samplesForBounds(batches: readonly Batch[], hidden: number): number {
  const areEqual = batches.every(({ mean }) => mean === batches[0]?.mean)
  if (!areEqual) return 2
  return hidden > 0 ? equalSamplesMin : samplesForBatches
}

function batchCount(samples: number): number {
  return samples < samplesForBatches ? samples : batchesMax
}

/** Successive batches whose sizes differ by one at most, so that no sample is left out. */
function batchesOf(series: ArrayLike<number>): readonly Batch[] {
  const count = batchCount(series.length)
  return Array.from({ length: count }, (_, index) => {
    const start = Math.floor((index * series.length) / count)
    const end = Math.floor(((index + 1) * series.length) / count)
    let sum = 0
    for (let at = start; at < end; at += 1) {
      const sample = series[at] as number
      if (!Number.isFinite(sample)) {
        throw new RangeError(`mean: expected finite samples, found ${sample}`)
      }
      sum += sample
    }
    return { samples: end - start, mean: sum / (end - start) }
  })
}

function weightedMean(batches: readonly Batch[]): number {
  // From the first on, so that equal batches have their mean exactly.
  const start = batches[0]?.mean ?? Number.NaN
  let sum = 0
  let samples = 0
  for (const batch of batches) {
    sum += batch.samples * (batch.mean - start)
    samples += batch.samples
  }
  return start + sum / samples
}

/**
 * The standard deviation of one sample that would leave the mean as uncertain as the batches do,
 * were samples independent. NaN for a single batch.
 */
function deviationOf(batches: readonly Batch[], mean: number): number {
  let squares = 0
  for (const batch of batches) squares += batch.samples * (batch.mean - mean) ** 2
  return Math.sqrt(squares / (batches.length - 1))
}

function doubtsOf(batches: readonly Batch[], mean: number, samples: number): readonly Doubt[] {
  if (samples === 0) return []
  if (samples < samplesForBatches) {
    const message =
      `the mean of ${samples} samples takes them as independent and normal: ` +
      `from ${samplesForBatches} samples on it does not`
    return [{ kind: 'few-samples', message }]
  }
  const correlation = correlationOf(batches, mean)
  if (correlation <= batchCorrelationMax) return []
  const message =
    `batches of ${Math.floor(samples / batches.length)} samples are still correlated by ` +
    `${correlation.toFixed(2)}, so the interval is too narrow: measure longer`
  return [{ kind: 'few-samples', message }]
}

/** The correlation of each batch with the next one; 0 when all are equal. */
function correlationOf(batches: readonly Batch[], mean: number): number {
  let products = 0
  let squares = 0
  for (const [index, batch] of batches.entries()) {
    const apart = batch.mean - mean
    squares += apart * apart
    products += apart * ((batches[index + 1]?.mean ?? mean) - mean)
  }
  return squares === 0 ? 0 : products / squares
}
