import type { Day } from './day.ts'

const days = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York', dateStyle: 'short' })

const zones = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  timeZoneName: 'longOffset',
})

/** The calendar day that it is in New York. */
export function dayInNewYork(now: Date): Day {
  return days.format(now)
}

/**
 * The instant at which a trading day counts as closed: 16:00 in New York, also where trading ends
 * at 13:00, because its data come no sooner.
 */
export function closingTime(day: Day): Date {
  // The clocks are changed on Sundays at two, so noon has the offset of the whole trading day.
  const parts = zones.formatToParts(new Date(`${day}T12:00:00Z`))
  const zone = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return new Date(`${day}T16:00:00${zone.replace('GMT', '')}`)
}
