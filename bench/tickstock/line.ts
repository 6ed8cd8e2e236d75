import { studentQuantile } from '../../packages/etalon/src/kernel/statistics/student.ts'

/** A straight line through points. */
export interface Line {
  /** Where it begins, at 0. */
  readonly start: number
  /** What one more costs, with its interval at 90 % confidence. */
  readonly slope: { readonly value: number; readonly low: number; readonly high: number }
  /** Share of how the points differ that the line explains, R². */
  readonly explained: number
}

/**
 * The line by least squares, for points whose scatter is in proportion to their size: each counts
 * with the inverse of the square of its `x`. At least three points. Source: N. Draper & H. Smith,
 * Applied Regression Analysis, 3rd ed. (1998), sections 1.4 and 9.2.
 */
export function lineThrough(points: readonly (readonly [x: number, y: number])[]): Line {
  const weighed = points.map(([x, y]) => ({ x, y, weight: 1 / (x * x) }))
  const sum = (valueOf: (point: (typeof weighed)[number]) => number): number =>
    weighed.reduce((total, point) => total + point.weight * valueOf(point), 0)
  const weights = sum(() => 1)
  const [meanX, meanY] = [sum(({ x }) => x) / weights, sum(({ y }) => y) / weights]
  const spread = sum(({ x }) => (x - meanX) ** 2)
  const slope = sum(({ x, y }) => (x - meanX) * (y - meanY)) / spread
  const start = meanY - slope * meanX
  const left = sum(({ x, y }) => (y - start - slope * x) ** 2)
  const freedom = points.length - 2
  const margin = studentQuantile(0.95, freedom) * Math.sqrt(left / freedom / spread)
  return {
    start,
    slope: { value: slope, low: slope - margin, high: slope + margin },
    explained: 1 - left / sum(({ y }) => (y - meanY) ** 2),
  }
}
