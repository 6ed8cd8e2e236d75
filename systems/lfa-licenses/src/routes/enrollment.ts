import {
  id,
  idText,
  idempotencyHeaders,
  pageFields,
  pageSchema,
  text,
  webUrl,
  type App,
} from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import {
  assign,
  cancel,
  enroll,
  requireEnrollment,
  verifyEnrollment,
} from '../operation/enrollment.ts'
import { graduate } from '../operation/graduation.ts'
import { doOnce } from '../operation/once.ts'
import { attendance } from '../schema/attendance.ts'
import { certificate } from '../schema/certificate.ts'
import { enrollment } from '../schema/enrollment.ts'
import { flagText, idParams, nothing } from '../schema/request.ts'
import type { Service } from '../service.ts'
import { namesOf } from '../specialization.ts'
import { attendances } from '../store/attendance.ts'
import { findEnrollment } from '../store/enrollment.ts'
import { listEnrollments } from '../store/list.ts'

const tags = ['Enrolments']
const headers = idempotencyHeaders

/** From enrolling in a semester to graduating from it. */
export function enrollmentRoutes(app: App, service: Service): void {
  enrollRoutes(app, service)
  progressRoutes(app, service)
  readRoutes(app, service)
}

function enrollRoutes(app: App, service: Service): void {
  for (const name of ['LFA_PLAYER', 'GANCUJU', 'INTERNSHIP'] as const) {
    app.post(
      `/${namesOf[name].path}/enrollments`,
      {
        config: access.signedIn,
        schema: {
          tags,
          summary: 'Enrol in an open semester; usable once the payment is verified',
          headers,
          body: z.strictObject({
            semester_id: id,
            license_id: id.optional().describe('Without it, the own licence'),
            payment_reference_code: text({ min: 3, max: 100 }).optional(),
            payment_proof_url: webUrl.optional(),
          }),
          response: { 201: enrollment },
        },
      },
      async (request, reply) => {
        const of = { specialization: name, request: request.body }
        const made = await doOnce(service, request, reply, (tx) =>
          enroll(tx, service, actorOf(request), of),
        )
        return reply.code(201).send(made)
      },
    )
  }

  app.post(
    '/coach/assignments',
    {
      config: access.admin,
      schema: {
        tags,
        summary: 'Assign a coach to a semester for coaches; needs no payment',
        headers,
        body: z.strictObject({
          semester_id: id,
          license_id: id,
          assignment_role: z.enum(['INSTRUCTOR', 'ASSISTANT', 'MENTOR']),
        }),
        response: { 201: enrollment },
      },
    },
    async (request, reply) => {
      const made = await doOnce(service, request, reply, (tx) =>
        assign(tx, service, actorOf(request), request.body),
      )
      return reply.code(201).send(made)
    },
  )
}

function progressRoutes(app: App, service: Service): void {
  app.post(
    '/enrollments/:id/verify-payment',
    {
      config: access.admin,
      schema: {
        tags,
        summary: 'Verify the payment; doing it again changes nothing',
        params: idParams,
        body: nothing,
        response: { 200: enrollment },
      },
    },
    (request) => verifyEnrollment(service, actorOf(request), request.params.id),
  )

  app.post(
    '/enrollments/:id/cancel',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary:
          'Withdraw before the first session since the enrolment, or once the semester is called off; credits spent on it come back',
        params: idParams,
        headers,
        body: nothing,
        response: { 200: enrollment },
      },
    },
    (request, reply) =>
      doOnce(service, request, reply, (tx) =>
        cancel(tx, service, actorOf(request), request.params.id),
      ),
  )

  app.post(
    '/enrollments/:id/graduate',
    {
      config: access.staff,
      schema: {
        tags,
        summary: 'Graduate and issue the certificate',
        params: idParams,
        headers,
        body: nothing,
        response: { 200: certificate },
      },
    },
    (request, reply) =>
      doOnce(service, request, reply, (tx) =>
        graduate(tx, service, actorOf(request), request.params.id),
      ),
  )
}

function readRoutes(app: App, service: Service): void {
  const { pool, db } = service
  app.get(
    '/enrollments',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Enrolments and assignments that the caller may see',
        querystring: z.strictObject({
          semester_id: idText.optional(),
          user_id: idText.optional(),
          payment_verified: flagText.optional(),
          ...pageFields,
        }),
        response: { 200: pageSchema(enrollment) },
      },
    },
    (request) => listEnrollments(db, actorOf(request), request.query),
  )

  app.get(
    '/enrollments/:id',
    {
      config: access.signedIn,
      schema: { tags, summary: 'One enrolment', params: idParams, response: { 200: enrollment } },
    },
    async (request) => {
      const actor = actorOf(request)
      const found = await findEnrollment(pool, request.params.id, actor.id)
      return requireEnrollment(actor, found, 'read')
    },
  )

  app.get(
    '/enrollments/:id/attendance',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'The marks of an enrolment',
        params: idParams,
        response: { 200: z.array(attendance) },
      },
    },
    async (request) => {
      const actor = actorOf(request)
      const found = await findEnrollment(pool, request.params.id, actor.id)
      const { specialization_type, enrollment_id } = requireEnrollment(actor, found, 'read')
      return attendances[specialization_type].ofEnrollment(pool, enrollment_id)
    },
  )
}
