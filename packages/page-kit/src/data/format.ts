const locale = 'en-GB'

const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })
const moment = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})
const clock = new Intl.DateTimeFormat(locale, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const weekday = new Intl.DateTimeFormat(locale, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/** `12,500` or `62.5`. */
export function formatNumber(value: number): string {
  return number.format(value)
}

/** What belongs together stays on one line. */
const unbroken = (text: string): string => text.replaceAll(' ', '\u00A0')

/** `3 Nov 2026`, from an instant or a calendar day. */
export function formatDay(value: string): string {
  return unbroken(day.format(new Date(value)))
}

/** `3 Nov, 17:00`. */
export function formatMoment(value: string): string {
  return unbroken(moment.format(new Date(value)))
}

/** `Tue, 3 Nov, 17:00`. */
export function formatWeekday(value: string): string {
  return unbroken(weekday.format(new Date(value)))
}

/** `17:00:05`. */
export function formatClock(value: Date): string {
  return clock.format(value)
}

/** `850 ms`, `12.4 s`, `5 min`, `6 h`. */
export function formatMs(ms: number): string {
  if (ms < 1_000) return `${number.format(Math.round(ms))} ms`
  if (ms < 60_000) return `${number.format(Math.round(ms / 100) / 10)} s`
  if (ms < 3_600_000) return `${number.format(Math.round(ms / 6_000) / 10)} min`
  return `${number.format(Math.round(ms / 360_000) / 10)} h`
}

/** `1 day`, `2 days`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number.format(count)} ${count === 1 ? one : many}`
}

/** `LEVEL_MISMATCH` or `level_mismatch` as `Level mismatch`. */
export function sentence(code: string): string {
  const words = code.toLowerCase().replaceAll(/[_.-]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
