import {
  id,
  idText,
  idempotencyHeaders,
  pageFields,
  pageSchema,
  pageWindow,
  text,
  toPage,
  webUrl,
  type App,
} from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import { fail } from '../error.ts'
import {
  creditLicenseId,
  purchaseCredits,
  spendCredits,
  verifyPurchase,
} from '../operation/credit.ts'
import { doOnce } from '../operation/once.ts'
import { creditAnswer, creditBalance, creditTransaction } from '../schema/credit.ts'
import { flagText, idParams, nothing } from '../schema/request.ts'
import type { Service } from '../service.ts'
import { namesOf, type CreditSpecialization } from '../specialization.ts'
import { ledgers } from '../store/credit.ts'

const amount = z.int().min(1).max(1_000_000)
const headers = idempotencyHeaders

/** Credits of the two specializations that have them; neither pays for the other. */
export function creditRoutes(app: App, service: Service): void {
  for (const name of ['LFA_PLAYER', 'INTERNSHIP'] as const) {
    changeRoutes(app, service, name)
    readRoutes(app, service, name)
  }
}

function changeRoutes(app: App, service: Service, name: CreditSpecialization): void {
  const { path } = namesOf[name]
  const tags = [name]

  app.post(
    `/${path}/credits/purchase`,
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Buy credits; they count once an admin has verified the payment',
        headers,
        body: z.strictObject({
          amount,
          license_id: id.optional().describe('Without it, the own licence'),
          payment_reference_code: text({ min: 3, max: 100 }).optional(),
          payment_proof_url: webUrl.optional(),
        }),
        response: { 201: creditAnswer },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const purchase = request.body
      const licenseId = await creditLicenseId(service, actor, name, purchase.license_id)
      const answer = await doOnce(service, request, reply, (tx, key) =>
        purchaseCredits(tx, service, actor, { specialization: name, id: licenseId, purchase, key }),
      )
      return reply.code(201).send(answer)
    },
  )

  app.post(
    `/${path}/credits/:id/verify`,
    {
      config: access.admin,
      schema: {
        tags,
        summary: 'Verify the payment of a purchase; doing it again changes nothing',
        params: idParams,
        body: nothing,
        response: { 200: creditAnswer },
      },
    },
    (request) => verifyPurchase(service, actorOf(request), name, request.params.id),
  )

  app.post(
    `/${path}/credits/spend`,
    {
      config: access.signedIn,
      schema: {
        tags,
        summary:
          'Pay for an enrolment of the same specialization, up to its price, while its semester is open',
        headers,
        body: z.strictObject({ enrollment_id: id, amount }),
        response: { 201: creditAnswer },
      },
    },
    async (request, reply) => {
      const answer = await doOnce(service, request, reply, (tx, key) =>
        spendCredits(tx, service, actorOf(request), {
          specialization: name,
          spend: request.body,
          key,
        }),
      )
      return reply.code(201).send(answer)
    },
  )
}

function readRoutes(app: App, service: Service, name: CreditSpecialization): void {
  const { path } = namesOf[name]
  const tags = [name]
  const { pool, clock } = service
  const ledger = ledgers[name]
  const license_id = idText.optional().describe('Without it, the own licence')

  app.get(
    `/${path}/credits/balance`,
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Credits that can be used, and those that wait for verification',
        querystring: z.strictObject({ license_id }),
        response: { 200: creditBalance },
      },
    },
    async (request) => {
      const asked = request.query.license_id
      const licenseId = await creditLicenseId(service, actorOf(request), name, asked)
      const [balance] = await ledger.balance(pool, licenseId, clock.now())
      if (balance === undefined) throw fail('LFA_LICENSE_UNKNOWN')
      return balance
    },
  )

  app.get(
    `/${path}/credits/transactions`,
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'The ledger of a licence; for an admin who names none, of all licences',
        querystring: z.strictObject({
          license_id,
          payment_verified: flagText.optional(),
          ...pageFields,
        }),
        response: { 200: pageSchema(creditTransaction) },
      },
    },
    async (request) => {
      const { query } = request
      const actor = actorOf(request)
      const isForAll = actor.role === 'ADMIN' && query.license_id === undefined
      const licenseId = isForAll
        ? null
        : await creditLicenseId(service, actor, name, query.license_id)
      const verified = query.payment_verified ?? null
      const { limit, offset } = pageWindow(query)
      const rows = await ledger.page(pool, licenseId, verified, limit, offset)
      return toPage(query, rows, () => ledger.count(pool, licenseId, verified))
    },
  )
}
