import type { HttpClient } from 'etalon'
import type { Listed } from './project.ts'

type Query = Readonly<Record<string, string | number>>

interface Row {
  readonly id: string
}

/** What of a list is asked for. */
export interface Walk {
  readonly path: string
  readonly perPage: number
  readonly query?: Query
  /** Done while each part is being read. */
  readonly meanwhile?: () => Promise<unknown>
}

/** The ids of a list in the order in which its pages have them. */
export async function walkByPage(owner: HttpClient, walk: Walk): Promise<string[]> {
  const ids: string[] = []
  for (let page = 1; ; page += 1) {
    const { items, total_pages: last } = await readPart(owner, walk, { page })
    ids.push(...items.map(({ id }) => id))
    if (page >= last) return ids
  }
}

/** The ids of a list in the order in which its cursors lead through it. */
export async function walkByCursor(owner: HttpClient, walk: Walk): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const part: Listed<Row> = await readPart(owner, walk, cursor === null ? {} : { cursor })
    ids.push(...part.items.map(({ id }) => id))
    cursor = part.next_cursor
  } while (cursor !== null)
  return ids
}

async function readPart(owner: HttpClient, walk: Walk, place: Query): Promise<Listed<Row>> {
  const { path, perPage: per_page, query } = walk
  const [answer] = await Promise.all([
    owner.get<Listed<Row>>(path, { query: { ...query, ...place, per_page } }).expect(200),
    walk.meanwhile?.(),
  ])
  return answer.body
}

/** What a walk made of the rows that were there before it: how many it skipped and repeated. */
export function faultsOf(seen: readonly string[], before: readonly string[]): object {
  const known = new Set(before)
  const ofThem = seen.filter((id) => known.has(id))
  return {
    rows: before.length,
    skipped: before.length - new Set(ofThem).size,
    repeated: seen.length - new Set(seen).size,
    moved: ofThem.filter((id, place) => id !== before[place]).length,
  }
}
