import { createHash } from 'node:crypto'

/** Numbers from 0 up to 1 that a text decides, one from each hash of it. */
export function drawer(text: string): () => number {
  let round = 0
  return () => {
    const hash = createHash('sha256').update(`${round}:${text}`).digest()
    round += 1
    return hash.readUInt32BE(0) / 4_294_967_296
  }
}

/** One of some, each as likely as its weight says; nothing where all weights are 0. */
export function drawWeighted<Item>(
  items: readonly Item[],
  weightOf: (item: Item) => number,
  draw: number,
): Item | undefined {
  const total = items.reduce((sum, item) => sum + weightOf(item), 0)
  let left = draw * total
  let last: Item | undefined
  for (const item of items) {
    const weight = weightOf(item)
    if (weight <= 0) continue
    last = item
    left -= weight
    if (left < 0) return item
  }
  return last
}
