import { formatNumber } from 'page-kit'

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })

/** `$1.2B`. */
export function formatDollars(value: number): string {
  return `$${compact.format(value)}`
}

/** `5M`, for numbers of which the size counts and not the last digit. */
export function formatCompact(value: number): string {
  return compact.format(value)
}

/** `+4.2%` from 0.042. */
export function formatReturn(share: number): string {
  const percent = Math.round(share * 1_000) / 10
  return `${percent > 0 ? '+' : ''}${formatNumber(percent)}%`
}

/** `12.5%` from 0.125. */
export function formatShare(share: number): string {
  return `${formatNumber(Math.round(share * 1_000) / 10)}%`
}

/** A reason as the service gives it, as a sentence, with its long numbers in groups of three. */
export function reasonText(reason: string): string {
  const text = reason.replaceAll(/\d{5,}/g, (digits) => formatNumber(Number(digits)))
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** What is not known is a dash. */
export function orDash<Value>(value: Value | null, format: (value: Value) => string): string {
  return value === null ? '–' : format(value)
}
