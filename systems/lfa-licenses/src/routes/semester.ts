import { day, id, idText, instant, pageFields, pageSchema, text, type App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import { sessionTypes } from '../attendance-xp.ts'
import { fail } from '../error.ts'
import {
  changeSemester,
  changeSession,
  createSemester,
  createSession,
} from '../operation/semester.ts'
import { idParams } from '../schema/request.ts'
import { semester, semesterStatuses, session } from '../schema/semester.ts'
import type { Service } from '../service.ts'
import { specializations } from '../specialization.ts'
import { listSemesters, listSessions } from '../store/list.ts'
import { findSemester, findSessionRow } from '../store/semester.ts'

const semesterTags = ['Semesters']
const sessionTags = ['Sessions']

/** Semesters and their sessions; admins plan them, everyone sees them. */
export function semesterRoutes(app: App, service: Service): void {
  planSemesters(app, service)
  showSemesters(app, service)
  planSessions(app, service)
  showSessions(app, service)
}

const semesterFields = {
  name: text({ max: 200 }),
  start_date: day,
  end_date: day,
  cost_credits: z.int().min(0).max(1_000_000),
}

function planSemesters(app: App, service: Service): void {
  const tags = semesterTags
  app.post(
    '/semesters',
    {
      config: access.admin,
      schema: {
        tags,
        summary: 'Plan a semester; students enrol while it is OPEN or ACTIVE',
        body: z.strictObject({
          ...semesterFields,
          code: text({ max: 50 }),
          specialization_type: z.enum(specializations),
          status: z.enum(semesterStatuses).default('DRAFT'),
          cost_credits: semesterFields.cost_credits
            .optional()
            .describe('Without it, the price of a season'),
        }),
        response: { 201: semester },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createSemester(service, actorOf(request), request.body)),
  )

  app.patch(
    '/semesters/:id',
    {
      config: access.admin,
      schema: {
        tags,
        summary: 'Change a semester',
        params: idParams,
        body: z.strictObject({ ...semesterFields, status: z.enum(semesterStatuses) }).partial(),
        response: { 200: semester },
      },
    },
    (request) => changeSemester(service, actorOf(request), request.params.id, request.body),
  )
}

function showSemesters(app: App, service: Service): void {
  const tags = semesterTags
  app.get(
    '/semesters',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Semesters, newest first',
        querystring: z.strictObject({
          specialization: z.enum(specializations).optional(),
          status: z.enum(semesterStatuses).optional(),
          ...pageFields,
        }),
        response: { 200: pageSchema(semester) },
      },
    },
    (request) => listSemesters(service.db, request.query),
  )

  app.get(
    '/semesters/:id',
    {
      config: access.signedIn,
      schema: { tags, summary: 'One semester', params: idParams, response: { 200: semester } },
    },
    async (request) => {
      const [row] = await findSemester(service.pool, request.params.id)
      if (row === undefined) throw fail('LFA_SEMESTER_UNKNOWN')
      return row
    },
  )
}

const hours = z.int().min(0).max(24)

const sessionFields = {
  title: text({ max: 200 }),
  starts_at: instant,
  ends_at: instant,
  session_type: z.enum(sessionTypes),
  instructor_id: id,
  capacity: z.int().min(1).max(10_000),
  base_xp: z.int().min(0).max(10_000).describe('XP for being present; 50 unless given'),
  theory_hours: hours.describe('What a present coach earns'),
  practice_hours: hours,
}

function planSessions(app: App, service: Service): void {
  const tags = sessionTags
  app.post(
    '/sessions',
    {
      config: access.admin,
      schema: {
        tags,
        summary: 'Add a session to a semester',
        body: z
          .strictObject(sessionFields)
          .partial()
          .required({
            starts_at: true,
            ends_at: true,
            session_type: true,
            capacity: true,
          })
          .extend({ semester_id: id }),
        response: { 201: session },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createSession(service, actorOf(request), request.body)),
  )

  app.patch(
    '/sessions/:id',
    {
      config: access.admin,
      schema: {
        tags,
        summary: 'Change a session',
        params: idParams,
        body: z.strictObject(sessionFields).partial(),
        response: { 200: session },
      },
    },
    (request) => changeSession(service, actorOf(request), request.params.id, request.body),
  )
}

function showSessions(app: App, service: Service): void {
  const tags = sessionTags
  app.get(
    '/sessions',
    {
      config: access.signedIn,
      schema: {
        tags,
        summary: 'Sessions in the order in which they take place',
        querystring: z.strictObject({
          semester_id: idText.optional(),
          instructor_id: idText.optional(),
          ...pageFields,
        }),
        response: { 200: pageSchema(session) },
      },
    },
    (request) => listSessions(service.db, request.query),
  )

  app.get(
    '/sessions/:id',
    {
      config: access.signedIn,
      schema: { tags, summary: 'One session', params: idParams, response: { 200: session } },
    },
    async (request) => {
      const [row] = await findSessionRow(service.pool, request.params.id)
      if (row === undefined) throw fail('LFA_SESSION_UNKNOWN')
      return row
    },
  )
}
