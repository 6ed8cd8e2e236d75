/** A calendar day as ISO 8601 writes it: `2020-03-16`. */
export type Day = string

const dayMs = 86_400_000

/** The day of a year, a month (1 to 12) and a day of that month; overflow rolls into the next. */
export function dayOf(year: number, month: number, dayOfMonth: number): Day {
  return new Date(Date.UTC(year, month - 1, dayOfMonth)).toISOString().slice(0, 10)
}

export function plusDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)
}

/** 0 is Sunday, 6 is Saturday. */
export function weekdayOf(day: Day): number {
  return new Date(day).getUTCDay()
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}

/** The `ordinal`-th given weekday of a month; -1 is the last one. */
export function weekdayOfMonth(
  year: number,
  month: number,
  weekday: number,
  ordinal: 1 | 2 | 3 | 4 | -1,
): Day {
  if (ordinal === -1) {
    const last = dayOf(year, month + 1, 0)
    return plusDays(last, -((weekdayOf(last) - weekday + 7) % 7))
  }
  const first = dayOf(year, month, 1)
  return plusDays(first, ((weekday - weekdayOf(first) + 7) % 7) + 7 * (ordinal - 1))
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher: Astronomical Algorithms, ch. 8). */
export function easterOf(year: number): Day {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const yearOfCentury = year % 100
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30
  const toSunday =
    (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451)
  const march0 = epact + toSunday - 7 * late + 114
  return dayOf(year, Math.floor(march0 / 31), (march0 % 31) + 1)
}
