import type { App } from 'service-kit'
import { Gauge } from 'service-kit/serving'
import type { Drift } from './drift.ts'
import type { Graph } from './graph.ts'

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

/** Tells how far the graph is behind. */
export function measureLag(app: App, lag: () => Promise<number>): void {
  const gauge: Gauge = new Gauge({
    name: 'observatory_graph_lag_events',
    help: 'Events that the graph has not followed yet; NaN while the database is away',
    registers: [app.metrics],
    collect: async () => gauge.set(await lag().catch(() => NaN)),
  })
}
