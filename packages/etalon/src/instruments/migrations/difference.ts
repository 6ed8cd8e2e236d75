import { isDeepStrictEqual } from 'node:util'
import type { CatalogueObject } from './catalogue/catalogue.ts'
import type { TableData } from './data.ts'
import type { Fingerprint } from './fingerprint.ts'

/** One thing that is not as it was. */
export interface Difference {
  /** `table`, `column`, `policy`, …; `data` for rows, `sequence` also for its position. */
  readonly kind: string
  readonly object: string
  readonly change: 'is gone' | 'is new' | 'differs'
  /** What of it differs, such as `type` or `rows`. */
  readonly fact?: string
  readonly before?: unknown
  readonly after?: unknown
}

/** What is different in `after`, object by object and fact by fact; nothing where they are equal. */
export function differencesOf(before: Fingerprint, after: Fingerprint): Difference[] {
  return [
    ...catalogueDifferences(before.catalogue, after.catalogue),
    ...dataDifferences(before.data, after.data),
    ...positionDifferences(before.positions, after.positions),
  ]
}

/** The same for catalogues alone. */
export function catalogueDifferences(
  before: readonly CatalogueObject[],
  after: readonly CatalogueObject[],
): Difference[] {
  return pairsOf(before, after, ({ kind, object }) => `${kind} ${object}`).flatMap(
    ([old, now]): Difference[] => {
      if (!old) return now ? [{ kind: now.kind, object: now.object, change: 'is new' }] : []
      const { kind, object } = old
      if (!now) return [{ kind, object, change: 'is gone' }]
      const facts = new Set([...Object.keys(old.facts), ...Object.keys(now.facts)])
      return [...facts]
        .filter((fact) => !isDeepStrictEqual(old.facts[fact], now.facts[fact]))
        .map((fact) => changed(old, fact, [old.facts[fact], now.facts[fact]]))
    },
  )
}

/** The same for what tables hold; a table that only one of them has is the catalogue's business. */
export function dataDifferences(
  before: readonly TableData[],
  after: readonly TableData[],
): Difference[] {
  return pairsOf(before, after, ({ table }) => table).flatMap(([old, now]) => {
    if (!old || !now) return []
    const about = { kind: 'data', object: old.table }
    if (old.rows !== now.rows) return [changed(about, 'rows', [old.rows, now.rows])]
    if (old.checksum === now.checksum) return []
    return [changed(about, 'checksum', [old.checksum, now.checksum])]
  })
}

/** A sequence that went back gives numbers again that were given; one that went on harms nobody. */
function positionDifferences(
  before: Fingerprint['positions'],
  after: Fingerprint['positions'],
): Difference[] {
  return [...before].flatMap(([sequence, old]) => {
    const now = after.get(sequence)
    if (now === undefined || now >= old) return []
    const about = { kind: 'sequence', object: sequence }
    return [changed(about, 'position', [Number(old), Number(now)])]
  })
}

function changed(
  { kind, object }: Pick<Difference, 'kind' | 'object'>,
  fact: string,
  [before, after]: readonly [unknown, unknown],
): Difference {
  return {
    kind,
    object,
    change: 'differs',
    fact,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  }
}

function pairsOf<Item>(
  before: readonly Item[],
  after: readonly Item[],
  nameOf: (item: Item) => string,
): (readonly [Item | undefined, Item | undefined])[] {
  const old = new Map(before.map((item) => [nameOf(item), item]))
  const now = new Map(after.map((item) => [nameOf(item), item]))
  const names = new Set([...old.keys(), ...now.keys()])
  return [...names].map((name) => [old.get(name), now.get(name)] as const)
}

/** A difference as a sentence: `column public.users.email differs in type: text, then varchar`. */
export function describeDifference(difference: Difference): string {
  const { kind, object, change, fact, before, after } = difference
  if (change !== 'differs') return `${kind} ${object} ${change}`
  return `${kind} ${object} differs in ${fact}: ${text(before)}, then ${text(after)}`
}

function text(value: unknown): string {
  if (value === undefined) return 'nothing'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
