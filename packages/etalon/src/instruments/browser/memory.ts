import type { Page } from 'playwright-core'

/** What repeated use leaves behind in a page. */
export interface MemoryGrowth {
  /** Live JavaScript heap after each round, garbage collected first. */
  readonly heapBytes: readonly number[]
  /** DOM nodes after each round. */
  readonly nodes: readonly number[]
  /** Slope of the heap over the second half of the rounds, by least squares. */
  readonly bytesPerRound: number
  readonly nodesPerRound: number
}

/** Of fewer the second half has no slope. */
const roundsMin = 3

/**
 * Uses a page again and again and measures what stays. The first half of the rounds fills caches;
 * growth is what the second half shows.
 *
 * @throws RangeError for fewer than 3 rounds
 */
export async function memoryGrowthOf(
  page: Page,
  rounds: number,
  use: (round: number) => Promise<unknown>,
): Promise<MemoryGrowth> {
  if (!(rounds >= roundsMin)) {
    throw new RangeError(`memoryGrowth: expected at least ${roundsMin} rounds, found ${rounds}`)
  }
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  const heapBytes: number[] = []
  const nodes: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await use(round)
    await session.send('HeapProfiler.collectGarbage')
    const { usedSize } = await session.send('Runtime.getHeapUsage')
    const counters = await session.send('Memory.getDOMCounters')
    heapBytes.push(usedSize)
    nodes.push(counters.nodes)
  }
  await session.detach()
  return {
    heapBytes,
    nodes,
    bytesPerRound: slopeOf(heapBytes.slice(Math.floor(rounds / 2))),
    nodesPerRound: slopeOf(nodes.slice(Math.floor(rounds / 2))),
  }
}

/** Least-squares slope of values over their index. */
function slopeOf(values: readonly number[]): number {
  const meanIndex = (values.length - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  let covariance = 0
  let variance = 0
  values.forEach((value, index) => {
    covariance += (index - meanIndex) * (value - mean)
    variance += (index - meanIndex) ** 2
  })
  return covariance / variance
}
