import type { Pool } from 'pg'
import { readConfig } from 'service-kit/config'
import type { RunningService } from 'service-kit'
import { createService } from '../../src/app.ts'
import { serviceEnvironment } from '../../src/config.ts'
import type { Neo4jServer } from '../neo4j/server.ts'

/** Starts the service on a database and a Neo4j; it has no Redis, and goes on without. */
export async function startService(
  databaseUrl: string,
  { url, password }: Neo4jServer,
): Promise<RunningService> {
  return createService(
    readConfig(serviceEnvironment, {
      DATABASE_URL: databaseUrl,
      REDIS_URL: 'redis://127.0.0.1:1',
      JWT_SECRET: 'x'.repeat(32),
      LOG_LEVEL: 'silent',
      NEO4J_URL: url,
      NEO4J_PASSWORD: password,
    }),
  )
}

/** A caller of the service. */
export interface Caller {
  post<Answer>(path: string, payload: object): Promise<Answer>
  get<Answer>(path: string): Promise<Answer>
}

/** Makes an account and signs it in. */
export async function signIn(
  { app }: RunningService,
  pool: Pool,
  role: 'user' | 'operator',
): Promise<Caller> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into users (email, username, role, password_hash)
     values (gen_random_uuid() || '@observatory.example', gen_random_uuid()::text, $1, 'none')
     returning id`,
    [role],
  )
  const token = app.issueToken({ subject: rows[0]?.id ?? '', role, epoch: 0 })
  const headers = { authorization: `Bearer ${token}` }
  return {
    post: async (path, payload) =>
      (await app.inject({ method: 'POST', url: `/api/v1${path}`, headers, payload })).json(),
    get: async (path) => (await app.inject({ url: `/api/v1${path}`, headers })).json(),
  }
}
