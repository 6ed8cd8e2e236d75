/** How many pairs of `samples` there are, each paired with itself too: n(n+1)/2. */
export function walshCount(samples: number): number {
  return (samples * (samples + 1)) / 2
}

/**
 * How many Walsh averages, (x_i + x_j) / 2 with i ≤ j, of ascending values are at most `bound`; in
 * n steps, as the greatest partner of a value falls while the value rises.
 */
export function walshAveragesAtMost(sorted: Float64Array, bound: number): number {
  let count = 0
  let partner = sorted.length - 1
  for (let index = 0; index <= partner; index += 1) {
    const value = sorted[index] as number
    while (partner >= index && value + (sorted[partner] as number) > 2 * bound) partner -= 1
    count += partner - index + 1
  }
  return count
}

/**
 * The Walsh average at a rank from 1 to n(n+1)/2 of finite, ascending values. It halves the range
 * sixty times and counts, so that it ends within 1e-18 of the range and never holds the averages
 * themselves: 5,000 values have twelve million.
 */
export function walshAverageAt(sorted: Float64Array, rank: number): number {
  let below = sorted[0] as number
  if (walshAveragesAtMost(sorted, below) >= rank) return below
  let reached = sorted.at(-1) as number
  for (let step = 0; step < 60; step += 1) {
    const middle = (below + reached) / 2
    if (walshAveragesAtMost(sorted, middle) >= rank) reached = middle
    else below = middle
  }
  return reached
}
