import { id, type App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import { ageGroups } from '../age-group.ts'
import { createLicense, ownLicense, readLicense } from '../operation/license.ts'
import {
  coachLicense,
  gancujuLicense,
  internshipLicense,
  playerLicense,
} from '../schema/license.ts'
import { idParams } from '../schema/request.ts'
import type { Service } from '../service.ts'
import { namesOf, type Specialization } from '../specialization.ts'
import type { LicenseRows } from '../store/license.ts'
import { showCoach, showGancuju, showInternship, showPlayer } from '../view.ts'

const userId = id.optional().describe('For whom; only an admin may name somebody else')

const playerBody = z
  .strictObject({
    user_id: userId,
    age_group: z
      .enum(ageGroups)
      .optional()
      .describe('Follows from the date of birth where that is known'),
  })
  .default({})
const plainBody = z.strictObject({ user_id: userId }).default({})

/** Issuing and reading licences, the same for the four specializations. */
export function issueRoutes(app: App, service: Service): void {
  const { pool } = service
  addRoutes(app, service, 'LFA_PLAYER', {
    body: playerBody,
    answer: playerLicense,
    show: (row) => showPlayer(row),
  })
  addRoutes(app, service, 'GANCUJU', {
    body: plainBody,
    answer: gancujuLicense,
    show: (row) => showGancuju(row),
  })
  addRoutes(app, service, 'INTERNSHIP', {
    body: plainBody,
    answer: internshipLicense,
    show: (row) => showInternship(pool, service, row),
  })
  addRoutes(app, service, 'COACH', {
    body: plainBody,
    answer: coachLicense,
    show: (row) => showCoach(service, row),
  })
}

interface Kind<Name extends Specialization> {
  readonly body: typeof playerBody | typeof plainBody
  readonly answer: z.ZodObject
  readonly show: (row: LicenseRows[Name]) => object | Promise<object>
}

function addRoutes<Name extends Specialization>(
  app: App,
  service: Service,
  name: Name,
  { body, answer, show }: Kind<Name>,
): void {
  const { path } = namesOf[name]
  const tags = [name]
  const config = access.signedIn

  app.post(
    `/${path}/licenses`,
    { config, schema: { tags, summary: 'Issue a licence', body, response: { 201: answer } } },
    async (request, reply) => {
      const row = await createLicense(service, actorOf(request), name, request.body)
      return reply.code(201).send({ ...(await show(row)) })
    },
  )

  app.get(
    `/${path}/licenses/me`,
    { config, schema: { tags, summary: 'The own licence', response: { 200: answer } } },
    async (request) => ({ ...(await show(await ownLicense(service, actorOf(request), name))) }),
  )

  app.get(
    `/${path}/licenses/:id`,
    {
      config,
      schema: { tags, summary: 'One licence', params: idParams, response: { 200: answer } },
    },
    async (request) => ({
      ...(await show(await readLicense(service, actorOf(request), name, request.params.id))),
    }),
  )
}
