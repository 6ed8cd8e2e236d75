import type { Scene } from './scene.ts'

/** One line of the list. */
export interface Item {
  readonly area: string
  readonly title: string
  /** Says what it found; rejects with what is not as it has to be. */
  readonly check: (scene: Scene) => Promise<string>
}

/** What became of an item. */
export interface ItemResult {
  readonly area: string
  readonly title: string
  readonly ok: boolean
  /** What was found, or what is wrong. */
  readonly found: string
}

/** Items of one area. */
export function area(name: string, items: Readonly<Record<string, Item['check']>>): Item[] {
  return Object.entries(items).map(([title, check]) => ({ area: name, title, check }))
}

/** Checks every item, one after another; one that fails keeps none from being checked. */
export async function checkItems(items: readonly Item[], scene: Scene): Promise<ItemResult[]> {
  const results: ItemResult[] = []
  for (const { check, ...named } of items) {
    try {
      results.push({ ...named, ok: true, found: await check(scene) })
    } catch (error) {
      const found = error instanceof Error ? error.message : String(error)
      results.push({ ...named, ok: false, found })
    }
  }
  return results
}

/** The results as lines, each area under its name, and how many are not ok. */
export function describeResults(results: readonly ItemResult[]): string {
  const lines = [...Map.groupBy(results, (result) => result.area)].flatMap(([name, own]) => [
    name,
    ...own.map(({ ok, title, found }) => `  ${ok ? 'ok    ' : 'not ok'}  ${title}: ${found}`),
    '',
  ])
  const wrong = results.filter(({ ok }) => !ok).length
  return [...lines, `${results.length - wrong} of ${results.length} items are ok`].join('\n')
}
