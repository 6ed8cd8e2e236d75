import type { App } from 'service-kit'
import { access } from '../actor.ts'
import type { Monitor } from '../monitor/monitor.ts'
import { rawAnswer } from '../schema/request.ts'
import { dashboard, databaseHealth, poolFigures } from '../schema/monitor.ts'

const tags = ['Monitoring']

/** How the service and its database are, for operators. */
export function monitorRoutes(app: App, monitor: Monitor): void {
  app.get(
    '/database/monitoring/dashboard',
    {
      config: access.operator,
      schema: { tags, summary: 'All figures of the dashboard', response: { 200: dashboard } },
    },
    () => monitor.dashboard,
  )

  app.get(
    '/database/health',
    {
      config: access.operator,
      schema: {
        tags,
        summary: 'Asks the database; 503 when it does not answer',
        response: { 200: databaseHealth, 503: databaseHealth },
      },
    },
    async (_request, reply) => {
      const health = await monitor.askDatabase()
      reply.code(health.up ? 200 : 503)
      return health
    },
  )

  app.get(
    '/database/connections/metrics',
    {
      config: access.operator,
      schema: { tags, summary: 'The connection pool', response: { 200: poolFigures } },
    },
    () => monitor.pool,
  )

  app.get(
    '/database/metrics/prometheus',
    {
      config: { ...access.anyone, rateLimit: false },
      schema: {
        tags,
        summary: 'Figures for Prometheus',
        response: { 200: rawAnswer('Prometheus text format', 'text/plain') },
      },
    },
    async (_request, reply) => {
      reply.type(app.metrics.contentType)
      return app.metrics.metrics()
    },
  )
}
