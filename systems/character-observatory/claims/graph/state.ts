import { eventually, type SystemHandle } from 'etalon'

/** What an operator sees of the graph. */
export interface GraphState {
  readonly adapter: string
  readonly lag_events: number
  readonly nodes: Readonly<Record<'missing' | 'extra' | 'different', number>>
  readonly edges: GraphState['nodes']
  readonly differences: number
}

/** An ecosystem as the graph tells it. */
export interface Network {
  readonly nodes: readonly { readonly id: string; readonly name: string }[]
  readonly edges: readonly Readonly<Record<string, unknown>>[]
}

const patienceMs = 15_000

/** How the graph stands to the relationships now. */
async function graphState(system: SystemHandle): Promise<GraphState> {
  const operator = await system.actor('operator')
  return (await operator.get<GraphState>('/api/v1/graph/state').expect(200)).body
}

/** The same once the graph has followed all that happened; in PostgreSQL that is at once. */
export async function settledState(system: SystemHandle): Promise<GraphState> {
  let state = await graphState(system)
  await eventually(async () => {
    state = await graphState(system)
    return state.lag_events === 0
  }, patienceMs)
  return state
}
