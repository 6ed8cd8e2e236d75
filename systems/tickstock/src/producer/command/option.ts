import { InvalidArgumentError } from 'commander'

/** Reads a positive whole number. @throws InvalidArgumentError */
export function countOption(text: string): number {
  const count = Number(text)
  if (Number.isSafeInteger(count) && count > 0) return count
  throw new InvalidArgumentError('expected a positive whole number')
}
