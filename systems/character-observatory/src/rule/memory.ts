/** What is known of a memory when it may be called up. */
export interface Memory {
  readonly id: string
  readonly content: string
  /** 0 to 1. */
  readonly importance: number
  /** When it last was called up, or made. */
  readonly accessed_at: Date
}

/** A memory that is called up, and why; each part is 0 to 1. */
export interface RankedMemory {
  readonly id: string
  readonly content: string
  readonly recency: number
  readonly importance: number
  readonly relevance: number
  /** The sum of the three. */
  readonly score: number
}

const hourMs = 3_600_000
const keptPerHour = 0.99

/** Words shorter than this say nothing of what a text is about. */
const letterCountMin = 3

/**
 * The memories that fit best, the best first: by how recent they are (0.99 for each hour since they
 * were last called up), how important, and how relevant to what is said, each weighing the same
 * (Park and others 2023, Generative Agents). Relevance is the cosine of the sets of words.
 */
export function rankMemories(
  memories: readonly Memory[],
  about: string,
  now: Date,
  count: number,
): RankedMemory[] {
  const said = wordsOf(about)
  return memories
    .map(({ id, content, importance, accessed_at }) => {
      const hours = Math.max(0, now.getTime() - accessed_at.getTime()) / hourMs
      const recency = rounded(keptPerHour ** hours)
      const relevance = rounded(likeness(said, wordsOf(content)))
      const score = rounded(recency + importance + relevance)
      return { id, content, recency, importance, relevance, score }
    })
    .toSorted((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1))
    .slice(0, count)
}

function wordsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []
  return new Set(words.filter(({ length }) => length >= letterCountMin))
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0
  const shared = [...one].filter((word) => other.has(word)).length
  return shared / Math.sqrt(one.size * other.size)
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
