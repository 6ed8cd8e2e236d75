import { idText, pageFields, pageSchema, pageWindow, text, toPage, type App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import { fail } from '../error.ts'
import { violationKinds } from '../integrity.ts'
import { checkHealth, type Monitor } from '../operation/health-check.ts'
import { readLastCheck, readMetrics, readState } from '../operation/health-state.ts'
import { checkReport, healthMetrics, healthState, violation } from '../schema/health.ts'
import { flagText, nothing } from '../schema/request.ts'
import { countViolations, readViolations } from '../store/check.ts'

const tags = ['Integrity']
const config = access.admin

/** How many violations a report shows; the page of violations has all. */
const shownMax = 500

/** Whether progress, licences and credits agree with each other, for admins. */
export function healthRoutes(app: App, monitor: Monitor): void {
  stateRoutes(app, monitor)
  checkRoutes(app, monitor)
  violationRoute(app, monitor)
}

function stateRoutes(app: App, monitor: Monitor): void {
  app.get(
    '/health/status',
    {
      config,
      schema: {
        tags,
        summary: 'How things stood at the last check; unknown before the first',
        response: { 200: healthState },
      },
    },
    () => readState(monitor),
  )

  app.get(
    '/health/metrics',
    {
      config,
      schema: { tags, summary: 'Figures of the dashboard', response: { 200: healthMetrics } },
    },
    () => readMetrics(monitor),
  )
}

function checkRoutes(app: App, monitor: Monitor): void {
  const { pool } = monitor.service

  app.get(
    '/health/latest-report',
    {
      config,
      schema: {
        tags,
        summary: `The last check with the first ${shownMax} of what it found`,
        response: { 200: checkReport },
      },
    },
    async () => {
      const check = await readLastCheck(monitor.service)
      if (check === undefined) throw fail('LFA_HEALTH_UNCHECKED')
      const { check_id: checkId } = check
      const violations = await readViolations(pool, checkId, null, null, null, null, shownMax, 0)
      return { ...check, violations }
    },
  )

  app.post(
    '/health/check-now',
    {
      config,
      schema: {
        tags,
        summary: 'Check everything at once; a dry run stores nothing',
        querystring: z.strictObject({ dry_run: flagText.default(false) }),
        body: nothing,
        response: { 200: checkReport },
      },
    },
    async (request) => {
      const { check, violations } = await checkHealth(monitor, {
        trigger: 'MANUAL',
        dryRun: request.query.dry_run,
        actorId: actorOf(request).id,
      })
      return { ...check, violations: violations.slice(0, shownMax) }
    },
  )
}

function violationRoute(app: App, { service }: Monitor): void {
  const { pool } = service
  app.get(
    '/health/violations',
    {
      config,
      schema: {
        tags,
        summary: 'What a check found: of the last one what is still open, unless asked otherwise',
        querystring: z.strictObject({
          check_id: idText.optional(),
          user_id: idText.optional(),
          specialization: text({ max: 50 }).optional(),
          kind: z.enum(violationKinds).optional(),
          resolved: z.enum(['true', 'false', 'any']).default('false'),
          ...pageFields,
        }),
        response: { 200: pageSchema(violation) },
      },
    },
    async (request) => {
      const { check_id, user_id, specialization, kind, resolved, ...page } = request.query
      const filter = [
        check_id ?? null,
        user_id ?? null,
        specialization ?? null,
        kind ?? null,
        resolved === 'any' ? null : resolved === 'true',
      ] as const
      const { limit, offset } = pageWindow(page)
      const rows = await readViolations(pool, ...filter, limit, offset)
      return toPage(page, rows, async () => (await countViolations(pool, ...filter))[0]?.total ?? 0)
    },
  )
}
