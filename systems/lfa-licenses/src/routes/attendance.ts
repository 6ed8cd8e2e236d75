import { id, idempotencyHeaders, text, type App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import { fail } from '../error.ts'
import { markAttendance } from '../operation/attendance.ts'
import { doOnce } from '../operation/once.ts'
import { attendanceAnswer, attendanceStatuses, rollCallLine } from '../schema/attendance.ts'
import { idParams } from '../schema/request.ts'
import type { Service } from '../service.ts'
import { attendances, findSession } from '../store/attendance.ts'

const tags = ['Sessions']

/** The roll call of a session. */
export function attendanceRoutes(app: App, service: Service): void {
  app.post(
    '/attendance',
    {
      config: access.staff,
      schema: {
        tags,
        summary: 'Mark a student for a session; presence earns for the licence it belongs to',
        headers: idempotencyHeaders,
        body: z.strictObject({
          session_id: id,
          user_id: id,
          status: z.enum(attendanceStatuses),
          instructor_rating: z.int().min(0).max(5).optional(),
          quiz_score_percent: z
            .number()
            .min(0)
            .max(100)
            .optional()
            .describe('Earns a bonus in VIRTUAL and HYBRID sessions'),
          notes: text({ max: 1_000 }).optional(),
        }),
        response: { 201: attendanceAnswer },
      },
    },
    async (request, reply) => {
      const mark = await doOnce(service, request, reply, (tx) =>
        markAttendance(tx, service, actorOf(request), request.body),
      )
      return reply.code(201).send(mark)
    },
  )

  app.get(
    '/sessions/:id/roll-call',
    {
      config: access.staff,
      schema: {
        tags,
        summary: 'Everyone enrolled, with the mark of this session if there is one',
        params: idParams,
        response: { 200: z.array(rollCallLine) },
      },
    },
    async (request) => {
      const actor = actorOf(request)
      const [session] = await findSession(service.pool, request.params.id)
      if (session === undefined) throw fail('LFA_SESSION_UNKNOWN')
      const teaches = actor.role === 'ADMIN' || session.instructor_id === actor.id
      if (!teaches) throw fail('LFA_SESSION_FOREIGN')
      const store = attendances[session.specialization_type]
      return store.rollCall(service.pool, session.id, session.semester_id)
    },
  )
}
