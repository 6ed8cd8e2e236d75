import type { App } from 'service-kit'
import { fail } from '../error.ts'
import { communitiesOf, influenceOf } from '../graph/analysis.ts'
import type { Graph } from '../graph/graph.ts'
import { callerOf, characterFor, ecosystemFor } from '../operation/membership.ts'
import { access as config, id } from '../schema/common.ts'
import { analysis, neighbourQuery, neighbours, network, path, pathQuery } from '../schema/graph.ts'
import type { Service } from '../service.ts'

const tags = ['Graph']

/** Who knows whom, how far, and who counts. */
export function graphRoutes(app: App, service: Service, graph: Graph): void {
  ecosystemGraphRoutes(app, service, graph)
  app.get(
    '/api/v1/characters/:id/neighbours',
    {
      config,
      schema: {
        tags,
        summary: 'Who is within some steps of a character, the nearest first',
        params: id,
        querystring: neighbourQuery,
        response: { 200: neighbours },
      },
    },
    async (request) => {
      const { depth, limit } = request.query
      await characterFor(service, callerOf(request), request.params.id, 'see')
      return { items: await graph.neighbours(request.params.id, depth, limit) }
    },
  )
  app.get(
    '/api/v1/graph/path',
    {
      config,
      schema: {
        tags,
        summary: 'The shortest way from one character to another, and of those the closest',
        querystring: pathQuery,
        response: { 200: path },
      },
    },
    async (request) => {
      const { from, to } = request.query
      const user = callerOf(request)
      const [one, other] = await Promise.all([
        characterFor(service, user, from, 'see'),
        characterFor(service, user, to, 'see'),
      ])
      if (one.ecosystem_id !== other.ecosystem_id) throw fail('CHAR_ECOSYSTEMS_DIFFER')
      const found = await graph.path(one.ecosystem_id, from, to)
      return { ids: found?.ids ?? null, cost: found?.cost ?? null }
    },
  )
}

function ecosystemGraphRoutes(app: App, service: Service, graph: Graph): void {
  app.get(
    '/api/v1/ecosystems/:id/graph',
    {
      config,
      schema: {
        tags,
        summary: 'All characters of an ecosystem and all their relationships',
        params: id,
        response: { 200: network },
      },
    },
    async (request) => {
      await ecosystemFor(service, callerOf(request), request.params.id, 'see')
      return graph.network(request.params.id)
    },
  )
  app.get(
    '/api/v1/ecosystems/:id/graph/analysis',
    {
      config,
      schema: {
        tags,
        summary: 'Who counts most in an ecosystem, and which communities there are',
        params: id,
        response: { 200: analysis },
      },
    },
    async (request) => {
      await ecosystemFor(service, callerOf(request), request.params.id, 'see')
      const whole = await graph.network(request.params.id)
      return { influence: influenceOf(whole), communities: communitiesOf(whole) }
    },
  )
}
