import { idempotencyHeaders, uuid, type App } from 'service-kit'
import { z } from 'zod'
import { interact } from '../operation/interact.ts'
import { callerOf, ecosystemFor } from '../operation/membership.ts'
import type { ResponseGenerator } from '../response/response.ts'
import { costsOf } from '../rule/energy.ts'
import { interactionTypes } from '../rule/interaction-type.ts'
import { access as config } from '../schema/common.ts'
import {
  interaction,
  interactionKind,
  interactionResult,
  newInteraction,
} from '../schema/interaction.ts'
import type { Service } from '../service.ts'
import { listInteractions } from '../store/interaction.ts'

const tags = ['Interactions']
const path = '/api/v1/interactions'
const pageMax = 200

/** Interactions, and what kinds of them there are. */
export function interactionRoutes(app: App, service: Service, generator: ResponseGenerator): void {
  app.post(
    path,
    {
      config,
      schema: {
        tags,
        summary:
          'Let two characters interact; the same Idempotency-Key gives the first result again',
        headers: idempotencyHeaders,
        body: newInteraction,
        response: { 201: interactionResult },
      },
    },
    async (request, reply) => {
      const { initiator_id, target_id, interaction_type, content, seed } = request.body
      const result = await interact(service, generator, callerOf(request), {
        initiatorId: initiator_id,
        targetId: target_id,
        type: interaction_type,
        content,
        seed,
        idempotencyKey: request.headers['idempotency-key'],
      })
      reply.status(201)
      return result
    },
  )
  app.get(
    `${path}/types`,
    {
      config,
      schema: {
        tags,
        summary: 'The kinds of interaction, and what each costs',
        response: { 200: z.object({ items: z.array(interactionKind) }) },
      },
    },
    () => ({
      items: interactionTypes.map((type) => {
        const { initiator, target } = costsOf(type)
        return { type, initiator_cost: initiator / 1_000, target_cost: target / 1_000 }
      }),
    }),
  )
  listRoute(app, service)
}

function listRoute(app: App, service: Service): void {
  app.get(
    path,
    {
      config,
      schema: {
        tags,
        summary: 'The interactions of an ecosystem, the latest first, before one that is named',
        querystring: z.strictObject({
          ecosystem: uuid,
          /** The id of the last interaction of the page before. */
          after: uuid.optional(),
          limit: z.coerce.number().int().min(1).max(pageMax).default(50),
        }),
        response: { 200: z.object({ items: z.array(interaction), next: z.uuid().nullable() }) },
      },
    },
    async (request) => {
      const { ecosystem, after = null, limit } = request.query
      await ecosystemFor(service, callerOf(request), ecosystem, 'see')
      const items = await listInteractions(service.pool, ecosystem, after, limit)
      return { items, next: items.length < limit ? null : (items.at(-1)?.id ?? null) }
    },
  )
}
