import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Whole numbers drawn from a seed: the same ones on every machine, since no fraction is involved. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number
  /** True in `percent` of a hundred draws. */
  chance(percent: number): boolean
  shuffle<Item>(items: readonly Item[]): Item[]
}

/** The stream of one scenario and one seed (a whole number). */
export function randomOf(scenario: string, seed: number): Random {
  const generator = xoroshiro128plus(hash32(`${scenario}/${seed}`))
  const integer = (min: number, max: number): number => uniformInt(generator, min, max)
  return {
    integer,
    chance: (percent) => integer(1, 100) <= percent,
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
  }
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo), so that two scenarios of one seed share no draws. */
function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash
}
