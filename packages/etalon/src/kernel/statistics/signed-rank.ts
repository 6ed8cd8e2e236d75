import { normalQuantile } from './normal.ts'

// Beyond this the normal approximation names the same rank or its neighbour, and the exact
// distribution would cost n^3 steps.
const exactMax = 60

/**
 * Which Walsh average bounds the centre of `samples` symmetric differences: the greatest rank, from
 * either end, that leaves at most the probability `tail` beyond it; 0 when none does. Exact to 60
 * samples, from there on by the normal approximation with continuity correction. With ties among
 * the differences it is conservative.
 *
 * Source: M. Hollander, D. Wolfe & E. Chicken, Nonparametric Statistical Methods, 3rd ed. (2014),
 * 3.3; E. Lehmann, Nonparametrics (1975), chapter 4.
 */
export function signedRankBound(samples: number, tail: number): number {
  if (samples > exactMax) {
    const mean = (samples * (samples + 1)) / 4
    const deviation = Math.sqrt((mean * (2 * samples + 1)) / 6)
    return Math.max(0, Math.floor(mean - normalQuantile(1 - tail) * deviation + 0.5))
  }
  const probabilities = signedRankProbabilities(samples)
  let cumulative = 0
  let rank = 0
  for (const probability of probabilities) {
    cumulative += probability
    if (cumulative > tail) break
    rank += 1
  }
  return rank
}

/**
 * The probability of each value, from 0 to n(n+1)/2, of the sum of those ranks 1 to n that a fair
 * coin chooses each on its own.
 */
export function signedRankProbabilities(samples: number): Float64Array {
  const probabilities = new Float64Array((samples * (samples + 1)) / 2 + 1)
  probabilities[0] = 1
  for (let rank = 1; rank <= samples; rank += 1) {
    for (let sum = (rank * (rank + 1)) / 2; sum >= 0; sum -= 1) {
      const without = probabilities[sum] as number
      const including = sum >= rank ? (probabilities[sum - rank] as number) : 0
      probabilities[sum] = (without + including) / 2
    }
  }
  return probabilities
}
