/** A model of one variable with a few parameters. */
export interface Model {
  readonly valueAt: (x: number, parameters: readonly number[]) => number
  /** Partial derivatives by each parameter. */
  readonly gradientAt: (x: number, parameters: readonly number[]) => readonly number[]
  /** Least values of the parameters. */
  readonly least: readonly number[]
}

export interface Fit {
  readonly parameters: readonly number[]
  /** Covariances of the parameters, by the linear approximation at the optimum. */
  readonly covariance: readonly (readonly number[])[]
  readonly residualsSquared: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

const stepsMax = 500

/**
 * Fits a model to points by least squares: Levenberg–Marquardt, with the parameters kept at or above
 * their least values.
 *
 * Source: D. Marquardt, SIAM Journal 11 (1963); G. Seber & C. Wild, Nonlinear Regression (1989),
 * 2.1 and 14.2, for the covariances.
 */
export function leastSquares(
  model: Model,
  points: readonly Point[],
  start: readonly number[],
): Fit {
  let parameters = [...start]
  let error = residualsSquared(model, points, parameters)
  let damping = 1e-3
  for (let step = 0; step < stepsMax && damping < 1e12; step += 1) {
    const { normal, slope } = normalEquations(model, points, parameters)
    // A parameter at its least value that is pushed further down stays, and the others go on alone.
    const held = parameters.map(
      (value, at) => value <= (model.least[at] ?? -Infinity) && (slope[at] ?? 0) <= 0,
    )
    const damped = normal.map((row, at) =>
      row.map((value, other) => {
        if (at === other) return value * (1 + damping)
        return held[at] || held[other] ? 0 : value
      }),
    )
    const change = solve(
      damped,
      slope.map((value, at) => (held[at] ? 0 : value)),
    )
    const tried = parameters.map((value, at) =>
      Math.max(model.least[at] ?? -Infinity, value + (change[at] ?? 0)),
    )
    const triedError = residualsSquared(model, points, tried)
    if (!(triedError < error)) {
      damping *= 4
      continue
    }
    const gained = (error - triedError) / error
    parameters = tried
    error = triedError
    damping /= 4
    if (gained < 1e-14) break
  }
  const variance = error / Math.max(1, points.length - parameters.length)
  const { normal } = normalEquations(model, points, parameters)
  const inverse = parameters.map((_value, at) =>
    solve(
      normal,
      parameters.map((_other, index) => (index === at ? 1 : 0)),
    ),
  )
  const covariance = inverse.map((column) => column.map((value) => value * variance))
  return { parameters, covariance, residualsSquared: error }
}

function residualsSquared(
  model: Model,
  points: readonly Point[],
  parameters: readonly number[],
): number {
  return points.reduce((sum, { x, y }) => sum + (y - model.valueAt(x, parameters)) ** 2, 0)
}

function normalEquations(
  model: Model,
  points: readonly Point[],
  parameters: readonly number[],
): { normal: number[][]; slope: number[] } {
  const normal = parameters.map(() => parameters.map(() => 0))
  const slope = parameters.map(() => 0)
  for (const { x, y } of points) {
    const gradient = model.gradientAt(x, parameters)
    const residual = y - model.valueAt(x, parameters)
    for (const [at, row] of normal.entries()) {
      const partial = gradient[at] ?? 0
      slope[at] = (slope[at] ?? 0) + partial * residual
      for (const other of row.keys())
        row[other] = (row[other] ?? 0) + partial * (gradient[other] ?? 0)
    }
  }
  return { normal, slope }
}

/** Solves a small system of linear equations by elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  // Parameters differ by orders of magnitude: scaled, the elimination keeps its digits.
  const scale = matrix.map((row, at) => 1 / Math.sqrt(row[at] || 1))
  const rows = matrix.map((row, at) => [
    ...row.map((value, other) => value * (scale[at] ?? 1) * (scale[other] ?? 1)),
    (right[at] ?? 0) * (scale[at] ?? 1),
  ])
  const size = rows.length
  for (let column = 0; column < size; column += 1) {
    const rest = rows.slice(column)
    const magnitude = (row: readonly number[]): number => Math.abs(row[column] ?? 0)
    const pivot = rest.reduce((best, row) => (magnitude(row) > magnitude(best) ? row : best))
    rows.splice(rows.indexOf(pivot), 1)
    rows.splice(column, 0, pivot)
    for (const [index, row] of rows.entries()) {
      if (index === column) continue
      const factor = (row[column] ?? 0) / (pivot[column] || Number.MIN_VALUE)
      for (let at = column; at <= size; at += 1)
        row[at] = (row[at] ?? 0) - factor * (pivot[at] ?? 0)
    }
  }
  return rows.map(
    (row, at) => ((row[size] ?? 0) / (row[at] || Number.MIN_VALUE)) * (scale[at] ?? 1),
  )
}
