import type { App } from 'service-kit'
import type { StartedGraph } from '../graph/graph-state.ts'
import { graphState } from '../schema/graph.ts'

/** Whether the graph says what is stored; for operators, since it is read as a whole. */
export function graphStateRoutes(app: App, { state }: Pick<StartedGraph, 'state'>): void {
  app.get(
    '/api/v1/graph/state',
    {
      config: { access: { roles: ['operator'] } },
      schema: {
        tags: ['Graph'],
        summary: 'How far the graph is behind, and how it differs from what is stored',
        response: { 200: graphState },
      },
    },
    () => state(),
  )
}
