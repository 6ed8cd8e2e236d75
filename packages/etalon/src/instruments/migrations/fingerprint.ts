import { createHash } from 'node:crypto'
import type { Client } from 'pg'
import { readCatalogue, type CatalogueObject } from './catalogue/catalogue.ts'
import { readData, readPositions, readShape, type Shape, type TableData } from './data.ts'

/** What is left out of a fingerprint. Names are qualified, and quoted where SQL wants that. */
export interface FingerprintOptions {
  /**
   * The table in which the tool keeps what it has run, such as `public.schema_migrations`: it is
   * the tool's own, and says when, so it never is the same twice.
   */
  readonly ledger?: string
  /** Tables whose rows say when they were made, so that they are counted and not compared. */
  readonly counted?: readonly string[]
}

/** A whole database at one moment: what it is made of, and what it holds. */
export interface Fingerprint {
  readonly catalogue: readonly CatalogueObject[]
  readonly data: readonly TableData[]
  readonly shape: Shape
  /** How far each sequence has come. */
  readonly positions: ReadonlyMap<string, bigint>
  /** SHA-256 over catalogue and data; the positions of sequences are not in it. */
  readonly digest: string
}

/** Reads everything as of one snapshot. Rows are read whole: it takes as long as that takes. */
export async function readFingerprint(
  client: Client,
  options: FingerprintOptions = {},
): Promise<Fingerprint> {
  await client.query('begin isolation level repeatable read read only')
  const catalogue = withoutTable(await readCatalogue(client), options.ledger)
  const shape = new Map(await readShape(client))
  if (options.ledger !== undefined) shape.delete(options.ledger)
  const data = await readData(client, shape, options.counted)
  const sequences = new Set(catalogue.map(({ kind, object }) => `${kind} ${object}`))
  const positions = [...(await readPositions(client))].filter(([name]) =>
    sequences.has(`sequence ${name}`),
  )
  await client.query('commit')
  const digest = createHash('sha256')
    .update(JSON.stringify([catalogue, data]))
    .digest('hex')
  return { catalogue, data, shape, positions: new Map(positions), digest }
}

/** The catalogue without a table and all that hangs on it. */
function withoutTable(
  catalogue: readonly CatalogueObject[],
  table: string | undefined,
): CatalogueObject[] {
  if (table === undefined) return [...catalogue]
  const hangsOn = ({ kind, object, facts }: CatalogueObject): boolean => {
    if (object === table || object.startsWith(`${table}.`)) return true
    if (kind === 'index') return String(facts['definition']).includes(` ON ${table} `)
    return kind === 'sequence' && String(facts['owned by']).startsWith(`${table}.`)
  }
  return catalogue.filter((found) => !hangsOn(found))
}
