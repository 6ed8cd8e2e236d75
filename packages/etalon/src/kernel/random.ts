import { createHash, randomBytes } from 'node:crypto'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/**
 * Seeded randomness: the same seed and the same calls give the same values on every machine.
 * `fork` gives an independent stream named by a label, so that adding a draw in one place does not
 * move the draws of another.
 */
export interface Random {
  readonly seed: string
  fork(label: string): Random
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number
  /** A number from 0 up to but not including 1, with 32 random bits. */
  fraction(): number
  pick<Item>(items: readonly Item[]): Item
  shuffle<Item>(items: readonly Item[]): Item[]
  /** A string of lower-case letters and digits, fit for names and keys; not for secrets. */
  text(length: number): string
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** A stream for a seed; seeds are any text, the ones Etalon draws are eight hexadecimal digits. */
export function random(seed: string): Random {
  const generator = xoroshiro128plus(createHash('sha256').update(seed).digest().readInt32BE(0))
  const integer = (min: number, max: number): number => uniformInt(generator, min, max)
  return {
    seed,
    integer,
    fork: (label) => random(`${seed}/${label}`),
    fraction: () => integer(0, 0xffff_ffff) / 0x1_0000_0000,
    pick: (items) => {
      if (items.length === 0) throw new RangeError('pick: expected at least one item, found none')
      return items[integer(0, items.length - 1)] as (typeof items)[number]
    },
    shuffle: (items) => {
      const shuffled = [...items]
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const other = integer(0, last)
        const moved = shuffled[last] as (typeof items)[number]
        shuffled[last] = shuffled[other] as (typeof items)[number]
        shuffled[other] = moved
      }
      return shuffled
    },
    text: (length) => Array.from({ length }, () => alphabet[integer(0, 35)]).join(''),
  }
}

/** A seed that nobody chose: eight hexadecimal digits. */
export function freshSeed(): string {
  return randomBytes(4).toString('hex')
}
