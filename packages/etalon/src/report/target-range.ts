import type { Target } from '../kernel/judge.ts'
import type { Unit } from '../kernel/units.ts'

/** The values that a target accepts; a side that is not bounded is left out. */
export interface TargetRange {
  readonly low?: number
  readonly high?: number
}

/** The side of a bound that it accepts. */
export function targetRangeOf(bound: Target): TargetRange {
  switch (bound.kind) {
    case 'below':
    case 'at-most':
      return { high: bound.bound }
    case 'above':
    case 'at-least':
      return { low: bound.bound }
    case 'between':
      return { low: bound.low, high: bound.high }
  }
}

/** Reads a quantity in `unit` from a text that is wholly one, such as `280 ms` or `75 %`. */
export function quantityOf(text: string, unit: Unit): number | undefined {
  const parts = /^(-?[\d.,]+(?:e[+-]?\d+)?)\s*(\D*)$/.exec(text.trim())
  const factor = factors[unit][parts?.[2] ?? 'none']
  if (!parts || factor === undefined) return undefined
  const value = Number((parts[1] ?? '').replaceAll(',', ''))
  return Number.isNaN(value) ? undefined : value * factor
}

/** By unit of the estimate, the worth of each unit that a text may carry. */
const factors: Readonly<Record<Unit, Readonly<Record<string, number>>>> = {
  ms: { ms: 1, s: 1_000 },
  s: { ms: 0.001, s: 1 },
  ratio: { '×': 1, x: 1 },
  share: { '%': 0.01 },
  count: { '': 1 },
  bytes: { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 },
  Hz: { '/s': 1 },
  value: { '': 1 },
}
