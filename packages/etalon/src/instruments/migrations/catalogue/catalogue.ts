import type { Client } from 'pg'
import { columns, constraints, indexes, reactions, relations } from './relation.ts'
import { routines, types } from './routine.ts'
import { rarities, surroundings } from './surrounding.ts'

/** One object of a database, with everything that the server knows of it. */
export interface CatalogueObject {
  /** `table`, `column`, `policy`, … */
  readonly kind: string
  /** Its qualified name, such as `public.users.email`. */
  readonly object: string
  /** By name; a fact that does not apply is left out. */
  readonly facts: Readonly<Record<string, unknown>>
}

const queries = [
  relations,
  columns,
  constraints,
  indexes,
  reactions,
  routines,
  types,
  surroundings,
  rarities,
]

/** Reads every object that somebody made, sorted; names in definitions are qualified. */
export async function readCatalogue(client: Client): Promise<CatalogueObject[]> {
  const objects: CatalogueObject[] = []
  for (const query of queries) objects.push(...(await client.query<CatalogueObject>(query)).rows)
  return objects.sort((a, b) => compare(a.kind, b.kind) || compare(a.object, b.object))
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
