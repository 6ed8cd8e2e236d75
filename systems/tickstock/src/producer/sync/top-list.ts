import { bufferDivisor } from './band.ts'

/** How many of the largest common stocks each list is for. */
export const topSizes = [100, 500, 1_000, 2_000] as const

export const topKeyOf = (size: number): string => `top_${size}`

/** The last rank at which a member stays in the list of the `size` largest: 105 of 100. */
export const lastRankOf = (size: number): number => size + Math.floor(size / bufferDivisor)

/**
 * Whether a stock is in the list of the `size` largest: it comes in with a rank up to `size` and
 * leaves only beyond `size` x 1.05, so the list may for a while hold up to 5 % more than its name
 * says, as Russell's do.
 *
 * @param rank counted from 1, the largest
 */
export function isInTop(rank: number, size: number, isMember: boolean): boolean {
  return rank <= (isMember ? lastRankOf(size) : size)
}
