/** What is kept of a thing, with the generation in which it was read. */
export interface Kept {
  readonly generation: string
  readonly value: unknown
}

/** A value as the third part of what is kept: `generation|version|value`. */
export function writeKept(value: unknown): string {
  return JSON.stringify(value, tagDates)
}

/** What is kept, as it was; nothing for text that is none. */
export function readKept(text: string): Kept | undefined {
  const [, generation, value] = /^([^|]*)\|\d+\|(.*)$/s.exec(text) ?? []
  if (generation === undefined || value === undefined) return undefined
  return { generation, value: JSON.parse(value, restoreDates) }
}

/** Dates as `{"$date": …}`, because JSON makes text of them. */
function tagDates(this: unknown, name: string, value: unknown): unknown {
  const raw = (this as Readonly<Record<string, unknown>>)[name]
  return raw instanceof Date ? { $date: raw.getTime() } : value
}

function restoreDates(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$date' in value)) return value
  return new Date(Number(value.$date))
}
