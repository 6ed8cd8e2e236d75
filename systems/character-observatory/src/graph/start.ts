import { lead, type App } from 'service-kit'
import { Gauge } from 'service-kit/serving'
import { fail } from '../error.ts'
import type { Service } from '../service.ts'
import { lagOf } from '../store/graph-progress.ts'
import { driftOf, type Drift } from './drift.ts'
import type { Graph } from './graph.ts'
import { connectNeo4j, neo4jGraph } from './neo4j-graph.ts'
import { postgresGraph } from './postgres-graph.ts'
import { projectGraph, projectionLease } from './projection.ts'
import { isOfServer, withStandIn } from './stand-in.ts'

/** How the graph stands to what is stored. */
export interface GraphState extends Drift {
  readonly adapter: Graph['name']
  /** Events that the graph has not followed yet; 0 where the relationships are the graph. */
  readonly lag_events: number
}

/** What answers questions about the graph. */
export interface StartedGraph {
  readonly graph: Graph
  state(): Promise<GraphState>
  stop(): Promise<void>
}

/** The graph in PostgreSQL; in Neo4j where a server is named, which then follows the events. */
export function startGraph(app: App, service: Service): StartedGraph {
  const { env, pool } = service
  const stored = postgresGraph(pool)
  const url = env.NEO4J_URL
  if (url === undefined) {
    const state = async (): Promise<GraphState> => ({
      adapter: stored.name,
      lag_events: 0,
      ...(await driftOf(pool, stored)),
    })
    measureLag(app, async () => 0)
    return { graph: stored, state, stop: async () => {} }
  }
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

function measureLag(app: App, lag: () => Promise<number>): void {
  const gauge: Gauge = new Gauge({
    name: 'observatory_graph_lag_events',
    help: 'Events that the graph has not followed yet; NaN while the database is away',
    registers: [app.metrics],
    collect: async () => gauge.set(await lag().catch(() => NaN)),
  })
}
