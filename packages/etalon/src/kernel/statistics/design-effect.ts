import { normalQuantile } from './normal.ts'
import { studentQuantile } from './student.ts'

const blocksUsual = 8
const blocksMin = 4
const slicesPerBlockUsual = 8

// A correlation nearer to 1 cannot be told from a drift, which no number of slices averages out.
const correlationMax = 0.97

/** What happened in one slice of time. */
export interface SliceScore {
  readonly observations: number
  /** The sum of the scores of its observations, each from 0 to 1, such as its successes. */
  readonly sum: number
  /** The sum of the squares of those scores. */
  readonly squares: number
}

/**
 * How many observations tell as much about the mean score as one independent observation does; 1 or
 * more, and 1 where nothing can be compared: for a single slice, or when all score alike. It sets
 * the variance of the pooled mean under the circular block bootstrap against the one that
 * independent observations would have, and then allows for
 *
 * - how uncertain that comparison is, with so few blocks: the square of Student's quantile over the
 *   normal one, for a probability `tail` beyond each bound;
 * - the correlation that blocks cut at their ends, as far as a series whose neighbours are as
 *   correlated as these has it.
 *
 * The bootstrap's variance is computed, not drawn: it is a mean over all places where a block can
 * start, which is what resamples converge to. A block spans an eighth of the slices, but at least 8
 * slices as far as that leaves 4 blocks: so few blocks cost some width and keep the coverage where
 * the correlation is long, which a length that grows with the cube root loses (measured).
 *
 * Source: H. Künsch, Annals of Statistics 17 (1989); D. Politis & J. Romano, "A circular
 * block-resampling procedure" (1992); for the few blocks N. Kiefer & T. Vogelsang, Econometric
 * Theory 21 (2005); for the effective sample size E. Korn & B. Graubard, Survey Methodology 24
 * (1998).
 */
export function designEffectOf(slices: readonly SliceScore[], tail: number): number {
  const { residuals, independent } = residualsOf(slices)
  return effectOf(residuals, independent, tail)
}

/**
 * The same for the difference between the mean scores of two sides whose slices are the same spans
 * of time, set against independent observations of both: what disturbs both at once cancels in the
 * difference and costs nothing. `undefined` where less than half of what the two vary by is shared;
 * then each side has its own effect.
 */
export function jointDesignEffectOf(
  subject: readonly SliceScore[],
  reference: readonly SliceScore[],
  tail: number,
): number | undefined {
  const sides = [residualsOf(subject), residualsOf(reference)] as const
  const [one, other] = sides
  const residuals = Float64Array.from(
    { length: Math.max(subject.length, reference.length) },
    (_, index) =>
      (one.residuals[index] ?? 0) / one.observations -
      (other.residuals[index] ?? 0) / other.observations,
  )
  let independent = 0
  let apart = 0
  for (const side of sides) {
    const variance = side.independent / side.observations ** 2
    independent += variance
    apart += variance * effectOf(side.residuals, side.independent, tail)
  }
  const joint = effectOf(residuals, independent, tail)
  return joint * independent < apart / 2 ? joint : undefined
}

interface Residuals {
  /** What each slice has more than its observations would have at the mean of all. */
  readonly residuals: Float64Array
  readonly observations: number
  /** The variance that the sum of all scores would have, were they independent. */
  readonly independent: number
}

function residualsOf(slices: readonly SliceScore[]): Residuals {
  const all = { observations: 0, sum: 0, squares: 0 }
  for (const slice of slices) {
    all.observations += slice.observations
    all.sum += slice.sum
    all.squares += slice.squares
  }
  const mean = all.sum / all.observations
  return {
    residuals: Float64Array.from(slices, ({ sum, observations }) => sum - mean * observations),
    observations: all.observations,
    independent: all.squares - all.sum * mean,
  }
}

function effectOf(residuals: Float64Array, independent: number, tail: number): number {
  if (!(independent > 0) || residuals.length < 2) return 1
  const length = blockLengthOf(residuals.length)
  const blocks = residuals.length / length
  const variance = blockVariance(residuals, length) * (blocks / (blocks - 1))
  const uncertain = (studentQuantile(1 - tail, blocks - 1) / normalQuantile(1 - tail)) ** 2
  return Math.max(1, (variance / independent) * missedByBlocks(residuals, length) * uncertain)
}

/** How many slices a block spans: see {@link designEffectOf}. */
export function blockLengthOf(slices: number): number {
  return Math.max(
    Math.ceil(slices / blocksUsual),
    Math.min(slicesPerBlockUsual, Math.floor(slices / blocksMin)),
  )
}

/**
 * The variance of the sum of residuals, which add up to 0, when blocks of `length` neighbours are
 * drawn with replacement and the last slice is followed by the first.
 */
export function blockVariance(residuals: Float64Array, length: number): number {
  const slices = residuals.length
  let block = 0
  for (let index = 0; index < length; index += 1) block += residuals[index] as number
  let squares = 0
  for (let start = 0; start < slices; start += 1) {
    squares += block * block
    block += (residuals[(start + length) % slices] as number) - (residuals[start] as number)
  }
  return squares / length
}

/**
 * By how much blocks of `length` slices understate the variance of an autoregressive series of
 * first order with the correlation of these neighbours. The correlation is first freed of the bias
 * that short series give it (F. Marriott & J. Pope, Biometrika 41, 1954).
 */
function missedByBlocks(residuals: Float64Array, length: number): number {
  let products = 0
  let squares = 0
  for (const [index, residual] of residuals.entries()) {
    squares += residual * residual
    products += residual * (residuals[index + 1] ?? 0)
  }
  const seen = products / squares
  const correlation = Math.min(correlationMax, seen + (1 + 3 * seen) / residuals.length)
  if (!(correlation > 0)) return 1
  let within = 1
  for (let lag = 1; lag < length; lag += 1) within += 2 * (1 - lag / length) * correlation ** lag
  return (1 + correlation) / (1 - correlation) / within
}
