import { setTimeout as delay } from 'node:timers/promises'
import type { Driver } from 'neo4j-driver'
import type { Pool } from 'pg'
import { withLease } from 'service-kit'
import { ecosystemsThere, ecosystemsToLoad, resetProgress } from '../store/graph-progress.ts'
import type { Graph } from './graph.ts'
import { prepareGraph, removeEcosystem } from './neo4j-write.ts'
import { projectionLease, projectOnce } from './projection.ts'

const lookEveryMs = 100

/**
 * Makes the whole graph anew from the relationships, and forgets ecosystems that are not there.
 * Where a server of the service runs, that one does the loading and this waits for it.
 */
export async function rebuildGraph(pool: Pool, driver: Driver, graph: Graph): Promise<void> {
  await prepareGraph(driver)
  // First what the graph has: an ecosystem that is made meanwhile is in neither list.
  const known = await graph.ecosystems()
  const there = new Set((await ecosystemsThere(pool)).map(({ id }) => id))
  for (const id of known) if (!there.has(id)) await removeEcosystem(driver, id)
  await resetProgress(pool)
  while ((await ecosystemsToLoad(pool)).length > 0) {
    const moved = await withLease(pool, projectionLease, (tx) => projectOnce(tx, driver))
    if (moved === undefined) await delay(lookEveryMs)
  }
}
