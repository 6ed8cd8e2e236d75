import { InvalidArgumentError } from 'commander'
import { z } from 'zod'
import type { Day } from '../../calendar/day.ts'

/** Reads a positive whole number. @throws InvalidArgumentError */
export function countOption(text: string): number {
  const count = Number(text)
  if (Number.isSafeInteger(count) && count > 0) return count
  throw new InvalidArgumentError('expected a positive whole number')
}

/** Reads a whole number from 0 on. @throws InvalidArgumentError */
export function seedOption(text: string): number {
  const seed = Number(text)
  if (Number.isSafeInteger(seed) && seed >= 0) return seed
  throw new InvalidArgumentError('expected a whole number, 0 or more')
}

/** Reads a day. @throws InvalidArgumentError */
export function dayOption(text: string): Day {
  const parsed = z.iso.date().safeParse(text)
  if (parsed.success) return parsed.data
  throw new InvalidArgumentError('expected YYYY-MM-DD')
}

/** Reads SYMBOL=DAY, once or several times. @throws InvalidArgumentError */
export function daysOption(
  text: string,
  known: ReadonlyMap<string, Day> | undefined,
): ReadonlyMap<string, Day> {
  const [symbol = '', day = ''] = text.split('=')
  return new Map([...(known ?? []), [symbol, dayOption(day)]])
}
