import { lead, type App } from 'service-kit'
import { fail } from '../error.ts'
import type { Service } from '../service.ts'
import { lagOf } from '../store/graph-progress.ts'
import { driftOf } from './drift.ts'
import { measureLag, type StartedGraph } from './graph-state.ts'
import type { Graph } from './graph.ts'
import { connectNeo4j, neo4jGraph } from './neo4j-graph.ts'
import { projectGraph, projectionLease } from './projection.ts'
import { isOfServer, withStandIn } from './stand-in.ts'

interface Projection {
  /** Of the graph server. */
  readonly url: string
  /** What answers while it is away. */
  readonly stored: Graph
}

/** The graph in Neo4j, which follows the events. */
export function startProjectedGraph(
  app: App,
  { env, pool }: Service,
  { url, stored }: Projection,
): StartedGraph {
  const driver = connectNeo4j({ url, user: env.NEO4J_USER, password: env.NEO4J_PASSWORD })
  const projected = neo4jGraph(driver, env.STATEMENT_TIMEOUT_MS)
  const warn =
    (about: string) =>
    (error: unknown): void =>
      app.log.warn({ err: error }, about)
  const leader = lead({
    url: env.DATABASE_URL,
    applicationName: 'observatory-graph',
    name: projectionLease,
    statementTimeoutMs: env.STATEMENT_TIMEOUT_MS,
    answerTimeoutMs: env.STATEMENT_TIMEOUT_MS + 1_000,
    work: (connection, signal) => projectGraph(connection, driver, signal),
    onError: warn('the graph begins again to follow the events'),
  })
  const lag = async (): Promise<number> => (await lagOf(pool))[0]?.events ?? 0
  measureLag(app, lag)
  return {
    graph: withStandIn(projected, stored, warn('the graph server is away')),
    async state() {
      const drift = await driftOf(pool, projected).catch((error: unknown) => {
        throw isOfServer(error) ? fail('CHAR_GRAPH_DOWN') : error
      })
      return { adapter: projected.name, lag_events: await lag(), ...drift }
    },
    async stop() {
      await leader.stop()
      await driver.close()
    },
  }
}
