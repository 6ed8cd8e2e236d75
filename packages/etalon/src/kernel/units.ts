/** The units a figure can have. The unit stands last in names: `latencyMs`, `rateHz`. */
export type Unit = 'ms' | 's' | 'ratio' | 'share' | 'count' | 'bytes' | 'Hz' | 'value'

const second = 1_000
const minute = 60 * second

/**
 * Writes a quantity the way the reports show it: three significant digits and its unit, shares as
 * per cent, counts whole with thousands apart.
 */
export function formatQuantity(value: number, unit: Unit): string {
  if (Number.isNaN(value)) return 'not a number'
  if (!Number.isFinite(value)) return value > 0 ? 'unbounded' : '-unbounded'
  switch (unit) {
    case 'ms':
      return Math.abs(value) >= 10 * second
        ? `${significant(value / second)} s`
        : `${significant(value)} ms`
    case 's':
      return `${significant(value)} s`
    case 'ratio':
      return `${significant(value)} ×`
    case 'share':
      return `${percent(value)} %`
    case 'count':
      return formatCount(value)
    case 'bytes':
      return formatBytes(value)
    case 'Hz':
      return `${significant(value)}/s`
    case 'value':
      return significant(value)
  }
}

/** A whole number with its thousands apart: `2,114`. */
export function formatCount(value: number): string {
  return counts.format(value)
}

const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 })
const wholes = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** A duration as a person says it: `180 ms`, `4.2 s`, `1 m 52 s`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < second) return `${Math.round(durationMs)} ms`
  if (durationMs < minute) return `${(durationMs / second).toFixed(1)} s`
  const wholeSeconds = Math.round(durationMs / second)
  return `${Math.floor(wholeSeconds / 60)} m ${wholeSeconds % 60} s`
}

function formatBytes(bytes: number): string {
  const steps = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let rest = bytes
  let step = 0
  while (Math.abs(rest) >= 1_024 && step < steps.length - 1) {
    rest /= 1_024
    step += 1
  }
  return `${significant(rest)} ${steps[step]}`
}

/** Near the whole, the digits that tell are those of what is missing: 99.95, not 100. */
function percent(share: number): string {
  const missing = 1 - share
  if (share <= 0.99 || missing <= 0) return significant(share * 100)
  const decimals = Math.min(12, Math.max(1, Math.ceil(-Math.log10(missing * 100)) + 1))
  return String(Number((share * 100).toFixed(decimals)))
}

function significant(value: number): string {
  if (value === 0) return '0'
  const magnitude = Math.abs(value)
  if (magnitude >= 1_000) return wholes.format(value)
  if (magnitude < 0.001) return value.toExponential(2)
  return String(Number(value.toPrecision(3)))
}

/**
 * A quantity in another unit of the same dimension.
 *
 * @throws TypeError when the two units measure different things
 */
export function convertQuantity(value: number, from: Unit, to: Unit): number {
  if (from === to) return value
  if (from === 's' && to === 'ms') return value * second
  if (from === 'ms' && to === 's') return value / second
  throw new TypeError(`expected a bound in ${to}, found one in ${from}`)
}
