import { inTransaction, pageFields, pageWindow, type App } from 'service-kit'
import { z } from 'zod'
import { relationshipsThing, thingsOfCharacter } from '../cache/changed-thing.ts'
import { fail } from '../error.ts'
import { viewOf, type CharacterView } from '../operation/character-view.ts'
import { callerOf, characterFor, ecosystemFor } from '../operation/membership.ts'
import { rest } from '../operation/rest.ts'
import { settleEnergy } from '../operation/settle.ts'
import {
  character,
  characterChange,
  memory,
  message,
  newCharacter,
  relationship,
} from '../schema/character.ts'
import { access as config, id } from '../schema/common.ts'
import type { Service } from '../service.ts'
import {
  deleteCharacter,
  insertCharacter,
  memoriesOf,
  messagesOf,
  relatedTo,
  relationshipsOf,
  updateCharacter,
} from '../store/character.ts'
import { lockEcosystem } from '../store/ecosystem.ts'
import { tell } from '../store/event.ts'

const tags = ['Characters']
const path = '/api/v1/characters'

/** Characters that live in one ecosystem. */
const charactersMax = 1_000

/** Characters, and what they know of each other. */
export function characterRoutes(app: App, service: Service): void {
  createRoute(app, service)
  oneRoutes(app, service)
  restRoute(app, service)
  knowledgeRoutes(app, service)
}

function createRoute(app: App, service: Service): void {
  const { pool, clock } = service
  app.post(
    path,
    {
      config,
      schema: {
        tags,
        summary: 'Make a character, which begins with full energy',
        body: newCharacter,
        response: { 201: character },
      },
    },
    async (request, reply) => {
      const { body } = request
      const user = callerOf(request)
      await ecosystemFor(service, user, body.ecosystem_id, 'change')
      const made = await inTransaction(pool, async (tx) => {
        await lockEcosystem(tx, body.ecosystem_id)
        const [row] = await insertCharacter(
          tx,
          body.ecosystem_id,
          user,
          body.name,
          body.description,
          JSON.stringify(body.personality_traits),
          body.autonomy_level,
          body.is_public,
          body.is_active,
          body.current_context,
          body.avatar_url,
          clock.now(),
          charactersMax,
        )
        if (row === undefined) throw fail('CHAR_ECOSYSTEM_FULL')
        await tell(tx, body.ecosystem_id, 'character_created', { id: row.id, name: body.name })
        return row.id
      })
      reply.status(201)
      return seen(service, user, made)
    },
  )
}

function oneRoutes(app: App, service: Service): void {
  const { pool, cache, clock } = service
  app.get(
    `${path}/:id`,
    {
      config,
      schema: { tags, summary: 'One character', params: id, response: { 200: character } },
    },
    (request) => seen(service, callerOf(request), request.params.id),
  )
  app.patch(
    `${path}/:id`,
    {
      config,
      schema: {
        tags,
        summary: 'Change a character',
        params: id,
        body: characterChange,
        response: { 200: character },
      },
    },
    async (request) => {
      const user = callerOf(request)
      const { id: which } = request.params
      const { ecosystem_id } = await characterFor(service, user, which, 'change')
      await inTransaction(pool, async (tx) => {
        // What has come back stays, whatever becomes of the extraversion that it came back by.
        const [settled] =
          request.body.personality_traits === undefined
            ? []
            : await settleEnergy(tx, { ecosystem: ecosystem_id, character: which }, clock.now())
        const changed = await updateCharacter(tx, which, JSON.stringify(request.body))
        if (changed.length === 0) throw fail('CHAR_CHARACTER_UNKNOWN')
        const data = { characters: [{ ...settled, id: which, changed: Object.keys(request.body) }] }
        await tell(tx, ecosystem_id, 'character_state_change', data)
      })
      await cache.changed({ kind: 'character', id: which })
      return seen(service, user, which)
    },
  )
  app.delete(
    `${path}/:id`,
    {
      config,
      schema: {
        tags,
        summary: 'Delete a character; it is unknown from then on',
        params: id,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { id: which } = request.params
      const { ecosystem_id, name } = await characterFor(service, callerOf(request), which, 'change')
      const knew = await inTransaction(pool, async (tx) => {
        const deleted = await deleteCharacter(tx, which, clock.now())
        if (deleted.length === 0) throw fail('CHAR_CHARACTER_UNKNOWN')
        const ids = (await relatedTo(tx, which)).map(({ id: other }) => other)
        await tell(tx, ecosystem_id, 'character_deleted', { id: which, name, knew: ids })
        return ids
      })
      await cache.changed(...thingsOfCharacter(which), ...knew.map(relationshipsThing))
      return reply.status(204).send(null)
    },
  )
}

function restRoute(app: App, service: Service): void {
  app.post(
    `${path}/:id/rest`,
    {
      config,
      schema: {
        tags,
        summary: 'Let a character rest: a quarter of its energy comes back, once an hour',
        params: id,
        response: { 200: character },
      },
    },
    async (request) => {
      const user = callerOf(request)
      await characterFor(service, user, request.params.id, 'change')
      await rest(service, request.params.id)
      return seen(service, user, request.params.id)
    },
  )
}

function knowledgeRoutes(app: App, service: Service): void {
  const { pool, cache } = service
  const querystring = z.strictObject(pageFields)
  app.get(
    `${path}/:id/relationships`,
    {
      config,
      schema: {
        tags,
        summary: 'The relationships of a character, the strongest first, warm or cold',
        params: id,
        querystring,
        response: { 200: z.object({ items: z.array(relationship) }) },
      },
    },
    async (request) => {
      const { id: which } = request.params
      await characterFor(service, callerOf(request), which, 'see')
      const { limit, offset } = pageWindow(request.query)
      const items = await cache.read(
        { kind: 'relationships', id: which, part: `${limit}:${offset}` },
        () => relationshipsOf(pool, which, limit, offset),
      )
      return { items: items ?? [] }
    },
  )
  app.get(
    `${path}/:id/memories`,
    {
      config,
      schema: {
        tags,
        summary: 'What a character remembers, the latest first',
        params: id,
        querystring,
        response: { 200: z.object({ items: z.array(memory) }) },
      },
    },
    async (request) => {
      await characterFor(service, callerOf(request), request.params.id, 'see')
      const { limit, offset } = pageWindow(request.query)
      return { items: await memoriesOf(pool, request.params.id, limit, offset) }
    },
  )
  app.get(
    `${path}/:id/messages`,
    {
      config,
      schema: {
        tags,
        summary: 'What a character has said, the latest first',
        params: id,
        querystring,
        response: { 200: z.object({ items: z.array(message) }) },
      },
    },
    async (request) => {
      await characterFor(service, callerOf(request), request.params.id, 'see')
      const { limit, offset } = pageWindow(request.query)
      return { items: await messagesOf(pool, request.params.id, limit, offset) }
    },
  )
}

async function seen(service: Service, user: string, id: string): Promise<CharacterView> {
  return viewOf(await characterFor(service, user, id, 'see'), service.clock.now())
}
