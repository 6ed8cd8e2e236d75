import { id, idText, idempotencyHeaders, text, type App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import {
  coupledSpecialization,
  coupledSpecializations,
  type CoupledSpecialization,
} from '../coupled.ts'
import { fail } from '../error.ts'
import { toUpdateFailure, updateLevelAtomic } from '../operation/level-change.ts'
import { doOnce } from '../operation/once.ts'
import { beginProgress, updateProgress } from '../operation/progress.ts'
import { ownProgress, readLevels, readProgressView } from '../operation/progress-view.ts'
import { atomicUpdate, progressLevel, progressUpdate, progressView } from '../schema/progress.ts'
import { reason } from '../schema/request.ts'
import type { Service } from '../service.ts'

const tags = ['Progress']
const specialization = z.enum(coupledSpecializations)
const specParams = z.strictObject({ spec: text({ max: 50 }) })

const gainMax = 10_000_000
const gained = z.int().min(0).max(gainMax).default(0)
const change = z.int().min(-gainMax).max(gainMax).default(0)

/** What is added to progress; nothing at all is no update. */
const updateBody = z
  .strictObject({
    student_id: id,
    specialization_id: specialization,
    xp_gained: gained,
    sessions_completed: gained,
    projects_completed: gained,
    theory_hours: gained,
    practice_hours: gained,
  })
  .refine(
    ({ student_id: _student, specialization_id: _spec, ...gain }) =>
      Object.values(gain).some((amount) => amount > 0),
    { message: 'Something must be gained' },
  )

const levelBody = z.strictObject({
  student_id: id,
  specialization_id: specialization,
  new_level: z.int().min(-1_000).max(1_000),
  xp_change: change,
  sessions_change: change,
  reason,
})

/** Progress on the ladders of XP and sessions, coupled with its licence. */
export function progressRoutes(app: App, service: Service): void {
  readRoutes(app, service)
  updateRoute(app, service)
  levelRoute(app, service)

  app.post(
    '/specializations/progress',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Begin a specialization: progress and licence at level 1',
        body: z.strictObject({
          specialization_id: specialization,
          student_id: id.optional().describe('For whom; only an admin may name somebody else'),
        }),
        response: { 201: progressView },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { specialization_id: spec, student_id: userId = actor.id } = request.body
      await beginProgress(service, actor, userId, spec)
      return reply.code(201).send(await readProgressView(service, actor, userId, spec))
    },
  )
}

function readRoutes(app: App, service: Service): void {
  app.get(
    '/specializations/progress/me',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Own progress in every specialization, with the gaps to the next level',
        response: { 200: z.object({ items: z.array(progressView) }) },
      },
    },
    async (request) => ({ items: await ownProgress(service, actorOf(request)) }),
  )

  app.get(
    '/specializations/progress/:spec',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Progress in one specialization: own, in scope, all',
        params: specParams,
        querystring: z.strictObject({ user_id: idText.optional() }),
        response: { 200: progressView },
      },
    },
    (request) => {
      const actor = actorOf(request)
      const { user_id: userId = actor.id } = request.query
      return readProgressView(service, actor, userId, knownSpecialization(request.params.spec))
    },
  )

  app.get(
    '/specializations/levels/:spec',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'What each level takes',
        params: specParams,
        response: {
          200: z.object({
            specialization_id: specialization,
            ladder_id: z.string(),
            version: z.int(),
            levels: z.array(progressLevel),
          }),
        },
      },
    },
    async (request) => {
      const spec = knownSpecialization(request.params.spec)
      return { specialization_id: spec, ...(await readLevels(service.pool, spec)) }
    },
  )
}

function updateRoute(app: App, service: Service): void {
  app.post(
    '/specializations/progress/update',
    {
      config: access.staff,
      schema: {
        tags,
        summary: 'Add what a student has done; a level-up synchronizes the licence',
        headers: idempotencyHeaders,
        body: updateBody,
        response: { 200: progressUpdate },
      },
    },
    async (request, reply) => {
      const { student_id: userId, specialization_id: spec, ...gain } = request.body
      const pair = { userId, specialization: spec }
      const update = await doOnce(service, request, reply, (tx) =>
        updateProgress(tx, service, actorOf(request), { pair, gain }),
      )
      const { sync_result: sync } = update
      if (sync) request.log.info({ ...pair, sync_result: sync }, 'licence synchronized')
      return update
    },
  )
}

function levelRoute(app: App, service: Service): void {
  app.post(
    '/specializations/progress/level',
    {
      config: access.admin,
      schema: {
        tags,
        summary: 'Set the level of progress and licence at once: both change or neither',
        headers: idempotencyHeaders,
        body: levelBody,
        response: { 200: atomicUpdate },
      },
    },
    async (request, reply) => {
      const { student_id: userId, specialization_id: spec, ...wanted } = request.body
      const pair = { userId, specialization: spec }
      try {
        return await doOnce(service, request, reply, (tx) =>
          updateLevelAtomic(tx, service, actorOf(request), { pair, change: wanted }),
        )
      } catch (error) {
        throw toUpdateFailure(error)
      }
    },
  )
}

function knownSpecialization(name: string): CoupledSpecialization {
  const known = coupledSpecialization(name)
  if (known === undefined) {
    throw fail('LFA_SPECIALIZATION_UNKNOWN', { known: coupledSpecializations })
  }
  return known
}
