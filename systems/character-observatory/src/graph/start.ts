import type { App } from 'service-kit'
import type { Service } from '../service.ts'
import { driftOf } from './drift.ts'
import { measureLag, type GraphState, type StartedGraph } from './graph-state.ts'
import { postgresGraph } from './postgres-graph.ts'

/** The graph in PostgreSQL; in Neo4j where a server is named, which then follows the events. */
export async function startGraph(app: App, service: Service): Promise<StartedGraph> {
  const { env, pool } = service
  const stored = postgresGraph(pool)
  if (env.NEO4J_URL !== undefined) {
    // Loaded where it is used only: the driver is a quarter of all that the service would load.
    const { startProjectedGraph } = await import('./start-projected.ts')
    return startProjectedGraph(app, service, { url: env.NEO4J_URL, stored })
  }
  const state = async (): Promise<GraphState> => ({
    adapter: stored.name,
    lag_events: 0,
    ...(await driftOf(pool, stored)),
  })
  measureLag(app, async () => 0)
  return { graph: stored, state, stop: async () => {} }
}
