import { firstWhole } from './bisection.ts'

/** A value and how often it was seen: one bar of a histogram. */
export interface Count {
  readonly value: number
  readonly count: number
}

/**
 * Observations in any order, one by one or counted. `+Infinity` stands for one that was censored,
 * as a request that timed out: it is known only to be longer than all others.
 */
export type Observations = readonly number[] | Float64Array | readonly Count[]

/** Observations in ascending order, equal ones together. */
export interface Distribution {
  /** Distinct values, ascending. */
  readonly values: Float64Array
  /** How many observations are at most the value at the same place. */
  readonly cumulative: Float64Array
  readonly total: number
}

/**
 * Sorts observations. Throws RangeError for a value that is NaN or -Infinity and for a count that
 * is not a whole number from 0 upward.
 */
export function distributionOf(observations: Observations): Distribution {
  const counts = isCounted(observations) ? countsByValue(observations) : undefined
  const numbers = counts ? [...counts.keys()] : (observations as ArrayLike<number>)
  const sorted = Float64Array.from(numbers).sort()
  const values = new Float64Array(sorted.length)
  const cumulative = new Float64Array(sorted.length)
  let distinct = 0
  let total = 0
  for (let index = 0; index < sorted.length; index += 1) {
    const value = sorted[index] as number
    if (Number.isNaN(value) || value === Number.NEGATIVE_INFINITY) {
      throw new RangeError(`observation: expected a number or +Infinity, found ${value}`)
    }
    total += counts?.get(value) ?? 1
    if (distinct === 0 || values[distinct - 1] !== value) distinct += 1
    values[distinct - 1] = value
    cumulative[distinct - 1] = total
  }
  return {
    values: values.subarray(0, distinct),
    cumulative: cumulative.subarray(0, distinct),
    total,
  }
}

/** The value at a rank from 1 to the total: the least one with so many at most as large. */
export function valueAtRank({ values, cumulative }: Distribution, rank: number): number {
  return values[
    firstWhole(0, values.length, (index) => (cumulative[index] as number) >= rank)
  ] as number
}

/** How many observations are below `bound`. */
export function countBelow({ values, cumulative }: Distribution, bound: number): number {
  const index = firstWhole(0, values.length, (index) => (values[index] as number) >= bound)
  return index === 0 ? 0 : (cumulative[index - 1] as number)
}

/** How many observations are at most `bound`. */
export function countAtMost({ values, cumulative }: Distribution, bound: number): number {
  const index = firstWhole(0, values.length, (index) => (values[index] as number) > bound)
  return index === 0 ? 0 : (cumulative[index - 1] as number)
}

/**
 * The rank of the p-quantile among `total` observations by nearest rank: the least observation with
 * at least the share p at or below it (definition 1 of Hyndman & Fan, The American Statistician 50,
 * 1996). It is always a value that was seen, also when others were censored. The factor keeps
 * 0.07 × 100 = 7.000000000000001 at rank 7.
 */
export function quantileRank(total: number, p: number): number {
  return Math.max(1, Math.ceil(total * p * (1 - 2 * Number.EPSILON)))
}

/** Whether observations are counted; an empty list may be either. */
export function isCounted(observations: Observations): observations is readonly Count[] {
  return typeof observations[0] === 'object'
}

function countsByValue(counts: readonly Count[]): Map<number, number> {
  const byValue = new Map<number, number>()
  for (const { value, count } of counts) {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new RangeError(`count of ${value}: expected a whole number, found ${count}`)
    }
    if (count > 0) byValue.set(value, (byValue.get(value) ?? 0) + count)
  }
  return byValue
}
