import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const bucketsS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

const figures = {
  tags: ['Probes'],
  summary: 'Figures in the Prometheus format',
  response: {
    200: {
      description: 'Prometheus text format',
      content: { 'text/plain': { schema: { type: 'string' } } },
    },
  },
} as const

declare module 'fastify' {
  interface FastifyInstance {
    /** What `/metrics` shows; a system adds figures of its own. */
    readonly metrics: Registry
  }
}

/** Measures every request. */
export function registerMetrics(app: FastifyInstance, pool: Pool | undefined): void {
  const registry = new Registry()
  const registers = [registry]
  app.decorate('metrics', registry)
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: bucketsS,
    registers,
  })
  const inFlight = new Gauge({
    name: 'http_requests_in_flight',
    help: 'Requests that are being answered',
    registers,
  })
  if (pool) measurePool(pool, registers)

  // A series is looked up once; finding it by its labels costs more than the measurement.
  const series = new Map<string, { observe(seconds: number): void }>()
  const seriesOf = (
    method: string,
    route: string,
    status: number,
  ): { observe(s: number): void } => {
    const key = `${method} ${status} ${route}`
    const known = series.get(key) ?? duration.labels({ method, route, status })
    series.set(key, known)
    return known
  }

  app.addHook('onRequest', (_request, reply, done) => {
    inFlight.inc()
    // The one event that comes for every request, also when its caller hung up.
    reply.raw.once('close', () => inFlight.dec())
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    seriesOf(request.method, route, reply.statusCode).observe(reply.elapsedTime / 1_000)
    done()
  })
}

/** Serves the figures at `/metrics` in the Prometheus format. */
export function serveMetrics(app: FastifyInstance): void {
  app.get(
    '/metrics',
    { config: { access: 'public', rateLimit: false }, schema: figures },
    async (_request, reply) => {
      reply.type(app.metrics.contentType)
      return app.metrics.metrics()
    },
  )
}

function measurePool(pool: Pool, registers: Registry[]): void {
  const figures = {
    pg_pool_connections: ['Open connections', () => pool.totalCount],
    pg_pool_idle_connections: ['Open connections that wait for work', () => pool.idleCount],
    pg_pool_waiting_requests: ['Work that waits for a connection', () => pool.waitingCount],
  } as const
  for (const [name, [help, read]] of Object.entries(figures)) {
    const gauge: Gauge = new Gauge({ name, help, registers, collect: () => gauge.set(read()) })
  }
}
