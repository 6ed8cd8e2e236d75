import type { Answer, Caller, Question } from './caller.ts'
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

/** Rejects with `problem` unless what has to be so is so. */
export function must(holds: boolean, problem: string): asserts holds {
  if (!holds) throw new Error(problem)
}

/** A request and the status that it has to be answered with. */
export type Step = readonly [status: number, method: string, path: string, question?: Question]

/** Sends requests in order, and rejects with those that were answered otherwise. */
export async function walk<const Steps extends readonly Step[]>(
  caller: Caller,
  steps: Steps,
): Promise<{ [At in keyof Steps]: Answer }> {
  const answers: Answer[] = []
  const wrong: string[] = []
  for (const [status, method, path, question] of steps) {
    const answer = await caller(method, path, question)
    answers.push(answer)
    if (answer.status !== status) wrong.push(`${method} ${path}: ${answer.status}, not ${status}`)
  }
  must(wrong.length === 0, wrong.join('; '))
  return answers as { [At in keyof Steps]: Answer }
}
