import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { z } from 'zod'
import type { RedisClient } from './redis.ts'

/** Looks whether a dependency answers; rejects when it does not. */
export type Check = () => Promise<unknown>

const checkTimeoutMs = 1_000
const alive = z.object({ status: z.literal('ok') })
const readiness = z.object({
  status: z.enum(['ok', 'unavailable']),
  dependencies: z.record(z.string(), z.enum(['up', 'down'])),
})

/**
 * `/health` says that the process lives; `/ready` asks every dependency and answers 503 with the
 * ones that are down.
 */
export function registerProbes(
  app: FastifyInstance,
  checks: Readonly<Record<string, Check>>,
): void {
  const config = { access: 'public', rateLimit: false } as const
  const tags = ['Probes']
  const lives = { tags, summary: 'Whether the process lives', response: { 200: alive } }
  app.get('/health', { config, schema: lives }, () => ({ status: 'ok' as const }))
  const serves = {
    tags,
    summary: 'Whether everything that the service needs answers',
    response: { 200: readiness, 503: readiness },
  }
  app.get('/ready', { config, schema: serves }, async (_request, reply) => {
    const names = Object.keys(checks)
    const up = await Promise.all(names.map((name) => answers(checks[name] as Check)))
    const dependencies = Object.fromEntries(names.map((name, at) => [name, up[at] ? 'up' : 'down']))
    const ready = up.every(Boolean)
    reply.code(ready ? 200 : 503)
    return { status: ready ? 'ok' : 'unavailable', dependencies }
  })
}

/** The checks of the two dependencies that the systems share. */
export function dependencyChecks(pool: Pool, redis: RedisClient): Record<string, Check> {
  return { postgres: () => pool.query('select 1'), redis: () => redis.ping() }
}

async function answers(check: Check): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, checkTimeoutMs, false)
  })
  try {
    return await Promise.race([
      check().then(
        () => true,
        () => false,
      ),
      tooLate,
    ])
  } finally {
    clearTimeout(timer)
  }
}
