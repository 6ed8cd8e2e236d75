import {
  idText,
  pageFields,
  pageSchema,
  pageWindow,
  requestError,
  toPage,
  type App,
  type Page,
  type PageRequest,
  type Sql,
} from 'service-kit'
import { z } from 'zod'
import { access, actorOf, type Actor } from '../actor.ts'
import { fail } from '../error.ts'
import { readAnyLicense, removeLicense } from '../operation/license.ts'
import { certificate } from '../schema/certificate.ts'
import { unifiedLicense } from '../schema/license.ts'
import { progression, xpTransaction } from '../schema/record.ts'
import { idParams } from '../schema/request.ts'
import type { Service } from '../service.ts'
import { findLicenseCertificate } from '../store/certificate.ts'
import { activeLicensesOf, listLicenses, type ActiveLicense } from '../store/active-license.ts'
import { countXp, readProgressions, readXp } from '../store/record.ts'
import { addDays } from '../validity.ts'
import { statusNow } from '../view.ts'

const tags = ['Licences']
const config = access.signedIn

/** Licences whatever their specialization. */
export function licenseRoutes(app: App, service: Service): void {
  listRoutes(app, service)
  recordRoutes(app, service)

  app.delete(
    '/licenses/:id',
    {
      config: access.admin,
      schema: {
        tags,
        summary: 'Delete a licence and all that hangs on it, and nothing else',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await removeLicense(service, actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}

function listRoutes(app: App, service: Service): void {
  const { reads, db, clock } = service
  const show = (row: ActiveLicense): z.infer<typeof unifiedLicense> => ({
    ...row,
    status: statusNow(service, row.expires_at),
  })

  app.get(
    '/licenses/unified',
    {
      config,
      schema: {
        tags,
        summary: 'Active licences of all specializations that the caller may see',
        querystring: z.strictObject({ user_id: idText.optional(), ...pageFields }),
        response: { 200: pageSchema(unifiedLicense) },
      },
    },
    async (request) => {
      const actor = actorOf(request)
      const { query } = request
      const isForeign = query.user_id !== undefined && query.user_id !== actor.id
      if (actor.role === 'STUDENT' && isForeign) throw requestError('FORBIDDEN')
      const page = await (actor.role === 'STUDENT'
        ? ownPage(reads, actor, query)
        : listLicenses(db, actor, { ...query, now: clock.now() }))
      return { ...page, items: page.items.map(show) }
    },
  )

  app.get(
    '/licenses/expiring',
    {
      config,
      schema: {
        tags,
        summary: 'Active licences that expire within so many days',
        querystring: z.strictObject({
          days: z
            .string()
            .regex(/^\d{1,4}$/)
            .default('30')
            .transform(Number)
            .meta({ type: 'integer', default: 30 }),
          ...pageFields,
        }),
        response: { 200: pageSchema(unifiedLicense) },
      },
    },
    async (request) => {
      const now = clock.now()
      const { days, ...page } = request.query
      const expiring = { after: now, until: addDays(now, days) }
      const found = await listLicenses(db, actorOf(request), { ...page, expiring, now })
      return { ...found, items: found.items.map(show) }
    },
  )
}

/** The same without a query put together for it: it is what every student's page starts with. */
async function ownPage(sql: Sql, actor: Actor, query: PageRequest): Promise<Page<ActiveLicense>> {
  const rows = await activeLicensesOf(sql, actor.id)
  const { limit, offset } = pageWindow(query)
  const count = (): Promise<number> => Promise.resolve(rows.length)
  return toPage(query, rows.slice(offset, offset + limit), count)
}

function recordRoutes(app: App, service: Service): void {
  const { pool } = service

  app.get(
    '/licenses/:id/certificate',
    {
      config,
      schema: {
        tags,
        summary: 'The newest certificate of a licence',
        params: idParams,
        response: { 200: certificate },
      },
    },
    async (request) => {
      const { id } = await readAnyLicense(service, actorOf(request), request.params.id)
      const [found] = await findLicenseCertificate(pool, id)
      if (found === undefined) throw fail('LFA_CERTIFICATE_UNKNOWN')
      return found
    },
  )

  app.get(
    '/licenses/:id/progressions',
    {
      config,
      schema: {
        tags,
        summary: 'Every change of the level, with who decided and on what grounds',
        params: idParams,
        response: { 200: z.array(progression) },
      },
    },
    async (request) => {
      const { id } = await readAnyLicense(service, actorOf(request), request.params.id)
      return readProgressions(pool, id)
    },
  )

  app.get(
    '/licenses/:id/xp-transactions',
    {
      config,
      schema: {
        tags,
        summary: 'The XP that a licence was granted, newest first',
        params: idParams,
        querystring: z.strictObject(pageFields),
        response: { 200: pageSchema(xpTransaction) },
      },
    },
    async (request) => {
      const { id } = await readAnyLicense(service, actorOf(request), request.params.id)
      const { limit, offset } = pageWindow(request.query)
      const rows = await readXp(pool, id, limit, offset)
      return toPage(request.query, rows, () => countXp(pool, id))
    },
  )
}
