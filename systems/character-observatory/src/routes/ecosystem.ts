import {
  inTransaction,
  pageFields,
  pageSchema,
  pageWindow,
  toPage,
  uuid,
  type App,
} from 'service-kit'
import { z } from 'zod'
import { fail } from '../error.ts'
import { viewOf } from '../operation/character-view.ts'
import { callerOf, ecosystemFor } from '../operation/membership.ts'
import { settleEnergy, type SettledEnergy } from '../operation/settle.ts'
import { character, relationship } from '../schema/character.ts'
import { access as config, id } from '../schema/common.ts'
import {
  ecosystem,
  ecosystemChange,
  ecosystemSummary,
  memberships,
  newEcosystem,
} from '../schema/ecosystem.ts'
import type { Service } from '../service.ts'
import { countCharacters, listCharacters, relationshipsWithin } from '../store/character.ts'
import {
  countEcosystems,
  deleteEcosystem,
  insertEcosystem,
  listEcosystems,
  lockEcosystem,
  readSummary,
  removeMember,
  setMember,
  updateEcosystem,
} from '../store/ecosystem.ts'
import { tell } from '../store/event.ts'

const tags = ['Ecosystems']
const path = '/api/v1/ecosystems'

/** Ecosystems, who is in them, and what lives there. */
export function ecosystemRoutes(app: App, service: Service): void {
  collectionRoutes(app, service)
  oneRoutes(app, service)
  memberRoutes(app, service)
  contentRoutes(app, service)
}

function collectionRoutes(app: App, { pool }: Service): void {
  app.post(
    path,
    {
      config,
      schema: {
        tags,
        summary: 'Make an ecosystem, which its maker owns',
        body: newEcosystem,
        response: { 201: ecosystem },
      },
    },
    async (request, reply) => {
      const { name, description, settings } = request.body
      const [made] = await insertEcosystem(
        pool,
        name,
        description,
        callerOf(request),
        JSON.stringify(settings),
      )
      reply.status(201)
      return made
    },
  )
  app.get(
    path,
    {
      config,
      schema: {
        tags,
        summary: 'The ecosystems that the caller is a member of, the newest first',
        querystring: z.strictObject(pageFields),
        response: { 200: pageSchema(ecosystem) },
      },
    },
    async (request) => {
      const user = callerOf(request)
      const { limit, offset } = pageWindow(request.query)
      const items = await listEcosystems(pool, user, limit, offset)
      return toPage(
        request.query,
        items,
        async () => (await countEcosystems(pool, user))[0]?.total ?? 0,
      )
    },
  )
}

function oneRoutes(app: App, service: Service): void {
  const { pool, cache } = service
  app.get(
    `${path}/:id`,
    {
      config,
      schema: { tags, summary: 'One ecosystem', params: id, response: { 200: ecosystem } },
    },
    (request) => ecosystemFor(service, callerOf(request), request.params.id, 'see'),
  )
  app.patch(
    `${path}/:id`,
    {
      config,
      schema: {
        tags,
        summary: 'Change an ecosystem; only its owner may',
        params: id,
        body: ecosystemChange,
        response: { 200: ecosystem },
      },
    },
    async (request) => {
      const user = callerOf(request)
      const { id: which } = request.params
      await ecosystemFor(service, user, which, 'rule')
      const settled = await changeEcosystem(service, which, request.body)
      await cache.changed(
        { kind: 'ecosystem', id: which },
        ...settled.map((each) => ({ kind: 'character', id: each.id }) as const),
      )
      return ecosystemFor(service, user, which, 'see')
    },
  )
  app.delete(
    `${path}/:id`,
    {
      config,
      schema: {
        tags,
        summary: 'Delete an ecosystem with all that lives in it; only its owner may',
        params: id,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { id: which } = request.params
      await ecosystemFor(service, callerOf(request), which, 'rule')
      await deleteEcosystem(pool, which)
      await cache.changed({ kind: 'ecosystem', id: which })
      return reply.status(204).send(null)
    },
  )
}

/** @returns whose energy was settled, because it comes back by another factor from now on */
function changeEcosystem(
  { pool, clock }: Service,
  which: string,
  change: z.output<typeof ecosystemChange>,
): Promise<readonly SettledEnergy[]> {
  const { name = null, description = null, settings = {}, is_active = null } = change
  return inTransaction(pool, async (tx) => {
    const [before] = await lockEcosystem(tx, which)
    const isOtherFactor = (settings.energy_regen ?? before?.energy_regen) !== before?.energy_regen
    const settled = isOtherFactor
      ? await settleEnergy(tx, { ecosystem: which, character: null }, clock.now())
      : []
    await updateEcosystem(tx, which, name, description, JSON.stringify(settings), is_active)
    if (settled.length > 0) await tell(tx, which, 'character_state_change', { characters: settled })
    return settled
  })
}

function memberRoutes(app: App, service: Service): void {
  app.put(
    `${path}/:id/members/:user`,
    {
      config,
      schema: {
        tags,
        summary: 'Make somebody a member, or change what he may; only the owner may',
        params: z.object({ id: uuid, user: uuid }),
        body: z.strictObject({ role: z.enum(memberships).exclude(['owner']) }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { id: which, user } = request.params
      const { owner_id } = await ecosystemFor(service, callerOf(request), which, 'rule')
      // The owner stays what he is.
      if (user !== owner_id) await setMember(service.pool, which, user, request.body.role)
      await service.cache.changed({ kind: 'ecosystem', id: which })
      return reply.status(204).send(null)
    },
  )
  app.delete(
    `${path}/:id/members/:user`,
    {
      config,
      schema: {
        tags,
        summary: 'Remove a member; the owner may, and a member himself, who leaves',
        params: z.object({ id: uuid, user: uuid }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { id: which, user } = request.params
      const caller = callerOf(request)
      const leaves = user === caller
      const { owner_id } = await ecosystemFor(service, caller, which, leaves ? 'leave' : 'rule')
      if (user === owner_id) throw fail('CHAR_OWNER_STAYS')
      const removed = await removeMember(service.pool, which, user)
      await service.cache.changed({ kind: 'ecosystem', id: which })
      if (removed.length === 0) throw fail('CHAR_MEMBER_UNKNOWN')
      return reply.status(204).send(null)
    },
  )
}

function contentRoutes(app: App, service: Service): void {
  const { pool, clock } = service
  app.get(
    `${path}/:id/characters`,
    {
      config,
      schema: {
        tags,
        summary: 'The characters of an ecosystem, the oldest first',
        params: id,
        querystring: z.strictObject(pageFields),
        response: { 200: pageSchema(character) },
      },
    },
    async (request) => {
      const { id: which } = request.params
      await ecosystemFor(service, callerOf(request), which, 'see')
      const { limit, offset } = pageWindow(request.query)
      const rows = await listCharacters(pool, which, limit, offset)
      const now = clock.now()
      return toPage(
        request.query,
        rows.map((row) => viewOf(row, now)),
        async () => (await countCharacters(pool, which))[0]?.total ?? 0,
      )
    },
  )
  app.get(
    `${path}/:id/relationships`,
    {
      config,
      schema: {
        tags,
        summary: 'The relationships within an ecosystem, the warmest first',
        params: id,
        querystring: z.strictObject(pageFields),
        response: { 200: z.object({ items: z.array(relationship) }) },
      },
    },
    async (request) => {
      await ecosystemFor(service, callerOf(request), request.params.id, 'see')
      const { limit, offset } = pageWindow(request.query)
      return { items: await relationshipsWithin(pool, request.params.id, limit, offset) }
    },
  )
  app.get(
    `${path}/:id/summary`,
    {
      config,
      schema: {
        tags,
        summary: 'The figures of an ecosystem, as they were at `refreshed_at`',
        params: id,
        response: { 200: ecosystemSummary.nullable() },
      },
    },
    async (request) => {
      await ecosystemFor(service, callerOf(request), request.params.id, 'see')
      const [summary] = await readSummary(pool, request.params.id)
      return summary ?? null
    },
  )
}
