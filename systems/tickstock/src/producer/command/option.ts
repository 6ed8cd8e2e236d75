import { InvalidArgumentError } from 'commander'

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
