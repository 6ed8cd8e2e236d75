import { setTimeout as delay } from 'node:timers/promises'
import type { Driver } from 'neo4j-driver'
import type { Sql } from 'service-kit'
import {
  allCharacters,
  allEdges,
  beginProgress,
  charactersTold,
  ecosystemsBehind,
  ecosystemsGone,
  edgesTold,
  forgetProgress,
  keepProgress,
  type Behind,
} from '../store/graph-progress.ts'
import { prepareGraph, removeEcosystem, writeAnew, writeChange } from './neo4j-write.ts'

/** The projection is one process's work at a time, under this name. */
export const projectionLease = 'observatory-graph'

const lookEveryMs = 200

/** Ecosystems that one look takes up, and events that one write covers. */
const ecosystemsMax = 100
const eventsMax = 1_000

/**
 * Has the graph in Neo4j follow the events of each ecosystem by their numbers, until `signal`
 * aborts. An event says what has changed; what it has become is read from the relationships, so
 * following an event twice, or late, gives the same graph.
 */
export async function projectGraph(sql: Sql, driver: Driver, signal: AbortSignal): Promise<void> {
  await prepareGraph(driver)
  while (!signal.aborted) {
    if (await projectOnce(sql, driver)) continue
    await delay(lookEveryMs, undefined, { signal }).catch(() => undefined)
  }
}

/** Takes the graph some way on. @returns false when it was not behind */
export async function projectOnce(sql: Sql, driver: Driver): Promise<boolean> {
  const gone = await ecosystemsGone(sql)
  for (const { ecosystem_id } of gone) {
    await removeEcosystem(driver, ecosystem_id)
    await forgetProgress(sql, ecosystem_id)
  }
  const behind = await ecosystemsBehind(sql, ecosystemsMax)
  for (const ecosystem of behind) {
    if (ecosystem.seq === null) await load(sql, driver, ecosystem)
    else await follow(sql, driver, ecosystem, ecosystem.seq)
  }
  return gone.length + behind.length > 0
}

/** What is read here has all events up to `last_seq`, and may have some that come after it. */
async function load(sql: Sql, driver: Driver, { id, last_seq }: Behind): Promise<void> {
  await beginProgress(sql, id)
  const characters = await allCharacters(sql, id)
  const edges = await allEdges(sql, id)
  await writeAnew(driver, { ecosystem: id, characters, edges })
  await keepProgress(sql, id, null, last_seq)
}

async function follow(sql: Sql, driver: Driver, behind: Behind, seq: number): Promise<void> {
  const { id, last_seq } = behind
  const upTo = Math.min(last_seq, seq + eventsMax)
  const characters = await charactersTold(sql, id, seq, upTo)
  const edges = await edgesTold(sql, id, seq, upTo)
  await writeChange(driver, { ecosystem: id, characters, edges })
  await keepProgress(sql, id, seq, upTo)
}
