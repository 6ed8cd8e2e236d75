import { randomUUID } from 'node:crypto'
import type { App } from 'service-kit'
import type { z } from 'zod'
import { fail } from '../error.ts'
import { callerOf, characterFor, ecosystemFor } from '../operation/membership.ts'
import { tick } from '../operation/tick.ts'
import type { ResponseGenerator } from '../response/response.ts'
import { compatibilityOf } from '../rule/compatibility.ts'
import {
  autonomy,
  autonomyChange,
  compatibility,
  compatibilityQuery,
  step,
  stepResult,
} from '../schema/autonomy.ts'
import { access as config, id } from '../schema/common.ts'
import type { Service } from '../service.ts'
import { readAutonomy, setPaused, type Autonomy } from '../store/autonomy.ts'

const path = '/api/v1/ecosystems/:id/autonomy'

/** What characters do by themselves, and how well they fit each other. */
export function autonomyRoutes(app: App, service: Service, generator: ResponseGenerator): void {
  stateRoutes(app, service)
  stepRoute(app, service, generator)
  compatibilityRoute(app, service)
}

function stateRoutes(app: App, service: Service): void {
  const tags = ['Ecosystems']
  app.get(
    path,
    {
      config,
      schema: {
        tags,
        summary: 'Whether characters act by themselves here',
        params: id,
        response: { 200: autonomy },
      },
    },
    async (request) => {
      await ecosystemFor(service, callerOf(request), request.params.id, 'see')
      return autonomyFor(service, request.params.id)
    },
  )
  app.put(
    path,
    {
      config,
      schema: {
        tags,
        summary: 'Pause what characters do by themselves, or let it go on',
        params: id,
        body: autonomyChange,
        response: { 200: autonomy },
      },
    },
    async (request) => {
      const { id: which } = request.params
      await ecosystemFor(service, callerOf(request), which, 'change')
      await setPaused(service.pool, which, request.body.is_paused)
      return autonomyFor(service, which)
    },
  )
}

function stepRoute(app: App, service: Service, generator: ResponseGenerator): void {
  app.post(
    `${path}/step`,
    {
      config,
      schema: {
        tags: ['Ecosystems'],
        summary: 'Take one turn, also while it is paused; the same seed leads to the same deed',
        params: id,
        body: step,
        response: { 200: stepResult },
      },
    },
    async (request): Promise<z.input<typeof stepResult>> => {
      const { id: which } = request.params
      await ecosystemFor(service, callerOf(request), which, 'change')
      const found = await autonomyFor(service, which)
      if (!found.is_allowed) throw fail('CHAR_AUTONOMY_FORBIDDEN')
      const done = await tick(service, generator, found, request.body.seed ?? randomUUID())
      if (done === undefined) return { deed: null, result: null }
      const { initiatorId, targetId, type, content } = done.deed
      const deed = {
        initiator_id: initiatorId,
        target_id: targetId,
        interaction_type: type,
        content,
      }
      return { deed, result: done.result }
    },
  )
}

function compatibilityRoute(app: App, service: Service): void {
  app.get(
    '/api/v1/characters/:id/compatibility',
    {
      config,
      schema: {
        tags: ['Characters'],
        summary: 'How well two characters fit each other, by their traits',
        params: id,
        querystring: compatibilityQuery,
        response: { 200: compatibility },
      },
    },
    async (request) => {
      const user = callerOf(request)
      const [one, other] = await Promise.all([
        characterFor(service, user, request.params.id, 'see'),
        characterFor(service, user, request.query.with, 'see'),
      ])
      if (one.ecosystem_id !== other.ecosystem_id) throw fail('CHAR_ECOSYSTEMS_DIFFER')
      return compatibilityOf(one.personality_traits, other.personality_traits)
    },
  )
}

async function autonomyFor({ pool }: Service, ecosystem: string): Promise<Autonomy> {
  const [found] = await readAutonomy(pool, ecosystem)
  if (found === undefined) throw fail('CHAR_ECOSYSTEM_UNKNOWN')
  return found
}
