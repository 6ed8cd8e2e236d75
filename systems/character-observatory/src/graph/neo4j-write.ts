import type { Driver, ManagedTransaction } from 'neo4j-driver'
import type { ProjectedCharacter, ProjectedEdge } from '../store/graph-progress.ts'

/** Rows that one statement writes. */
const batch = 2_000

/** What one ecosystem's graph gets. */
export interface GraphChange {
  readonly ecosystem: string
  readonly characters: readonly ProjectedCharacter[]
  readonly edges: readonly ProjectedEdge[]
}

/** What finding a character by its id takes. */
export async function prepareGraph(driver: Driver): Promise<void> {
  await driver.executeQuery(
    `create constraint character_id if not exists
     for (who:Character) require who.id is unique`,
  )
  await driver.executeQuery(
    `create index character_ecosystem if not exists for (who:Character) on (who.ecosystem_id)`,
  )
}

/** Puts what has changed into the graph; doing it again changes nothing. */
export async function writeChange(driver: Driver, change: GraphChange): Promise<void> {
  await inWrite(driver, (tx) => applyChange(tx, change))
}

/** Makes the graph of an ecosystem anew; who asks meanwhile is answered from the one before. */
export async function writeAnew(driver: Driver, change: GraphChange): Promise<void> {
  await inWrite(driver, async (tx) => {
    await tx.run(removal, { ecosystem: change.ecosystem })
    await applyChange(tx, change)
  })
}

/** Forgets an ecosystem. */
export async function removeEcosystem(driver: Driver, ecosystem: string): Promise<void> {
  await driver.executeQuery(removal, { ecosystem })
}

async function inWrite(
  driver: Driver,
  work: (tx: ManagedTransaction) => Promise<void>,
): Promise<void> {
  const session = driver.session()
  try {
    await session.executeWrite(work)
  } finally {
    await session.close()
  }
}

async function applyChange(
  tx: ManagedTransaction,
  { ecosystem, characters, edges }: GraphChange,
): Promise<void> {
  const [gone, there] = [true, false].map((is) => characters.filter((row) => row.is_deleted === is))
  await tx.run(`match (who:Character) where who.id in $ids detach delete who`, {
    ids: (gone ?? []).map(({ id }) => id),
  })
  for (const rows of batches(there ?? [])) {
    await tx.run(
      `unwind $rows as row
       merge (who:Character {id: row.id})
       set who.name = row.name, who.ecosystem_id = $ecosystem`,
      { ecosystem, rows },
    )
  }
  for (const rows of batches(edges)) {
    await tx.run(edgeWrite, {
      ecosystem,
      rows: rows.map((row) => ({ ...row, last: row.last?.getTime() ?? null })),
    })
  }
}

function* batches<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let at = 0; at < rows.length; at += batch) yield rows.slice(at, at + batch)
}

const removal = 'match (who:Character {ecosystem_id: $ecosystem}) detach delete who'

/** An older version never replaces a newer one, whoever writes it late. */
const edgeWrite = `
  unwind $rows as row
  merge (one:Character {id: row.a})
    on create set one.name = row.a_name, one.ecosystem_id = $ecosystem
  merge (other:Character {id: row.b})
    on create set other.name = row.b_name, other.ecosystem_id = $ecosystem
  merge (one)-[knows:KNOWS]->(other)
  with row, knows where coalesce(knows.version, -1) <= row.version
  set knows.strength = row.strength, knows.trust = row.trust,
    knows.familiarity = row.familiarity, knows.type = row.type,
    knows.count = toInteger(row.count), knows.version = toInteger(row.version),
    knows.last = case when row.last is null then null
      else datetime({epochMillis: toInteger(row.last)}) end`
