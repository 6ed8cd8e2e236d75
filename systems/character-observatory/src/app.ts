import { fileURLToPath } from 'node:url'
import {
  accountCache,
  connectPostgres,
  createApp,
  createRedis,
  dependencyChecks,
  servePages,
  systemClock,
  type App,
  type Clock,
} from 'service-kit'
import { Cache } from './cache/cache.ts'
import type { ServiceEnvironment } from './config.ts'
import { constraintErrors } from './error.ts'
import { startLive } from './live/start.ts'
import { startGraph, type StartedGraph } from './graph/start.ts'
import { startJobs } from './job/start.ts'
import { languageModel } from './response/language-model.ts'
import type { ResponseGenerator } from './response/response.ts'
import { templateGenerator } from './response/template.ts'
import { authRoutes } from './routes/auth.ts'
import { autonomyRoutes } from './routes/autonomy.ts'
import { characterRoutes } from './routes/character.ts'
import { ecosystemRoutes } from './routes/ecosystem.ts'
import { eventRoutes } from './routes/event.ts'
import { graphStateRoutes } from './routes/graph-state.ts'
import { graphRoutes } from './routes/graph.ts'
import { interactionRoutes } from './routes/interaction.ts'
import type { Service } from './service.ts'
import { findUser } from './store/user.ts'

/** The service, ready to listen. */
export interface ObservatoryService {
  readonly app: App
  /** Answers what is under way, then closes every connection. */
  close(): Promise<void>
}

const name = 'character-observatory'

/** How long another process may go on with a role that has changed. */
const roleKeptMs = 2_000

const info = {
  title: 'Character Observatory',
  version: '0.1.0',
  description: 'Characters, their energy, their interactions and what becomes of them, live.',
}

const pages = {
  directory: fileURLToPath(new URL('../dist/web', import.meta.url)),
  buildCommand: 'npm run build -w character-observatory',
}

/** Puts the service together; business time comes from `clock`. */
export async function createService(
  env: ServiceEnvironment,
  clock: Clock = systemClock,
): Promise<ObservatoryService> {
  const warn = (about: string) => (error: Error) => app.log.warn({ err: error }, about)
  const postgres = connectPostgres({
    url: env.DATABASE_URL,
    applicationName: name,
    poolMax: env.DATABASE_POOL_MAX,
    statementTimeoutMs: env.STATEMENT_TIMEOUT_MS,
    answerTimeoutMs: env.STATEMENT_TIMEOUT_MS + 1_000,
    pipeline: true,
    onIdleError: warn('idle database connection lost'),
  })
  const redis = createRedis({ url: env.REDIS_URL, onError: warn('redis connection lost') })
  const { pool } = postgres
  const accounts = accountCache(async (subject) => {
    const session = { kind: 'session', id: subject } as const
    return cache.read(session, async () => (await findUser(pool, subject))[0]?.role)
  }, roleKeptMs)
  const app = await createApp({
    system: 'CHAR',
    info,
    logLevel: env.LOG_LEVEL,
    bodyLimitBytes: env.BODY_LIMIT_BYTES,
    auth: {
      secret: env.JWT_SECRET,
      issuer: name,
      tokenLifetimeS: env.TOKEN_LIFETIME_S,
      findRole: (subject) => accounts.find(subject),
    },
    rateLimit: { name, max: env.RATE_LIMIT_MAX, windowMs: env.RATE_LIMIT_WINDOW_MS, redis },
    constraints: constraintErrors,
    checks: dependencyChecks(pool, redis),
    pool,
  })
  const cache = new Cache(app, { redis, isOn: env.CACHE })
  const service: Service = { pool, redis, cache, clock, env, log: app.log }
  const graph = startGraph(app, service)
  const generator = generatorFor(service)
  addRoutes(app, service, { graph, generator })
  await servePages(app, pages)
  const live = await startLive(app, service)
  const jobs = startJobs(service, generator)
  return {
    app,
    async close() {
      await app.close()
      await Promise.all([live.stop(), graph.stop(), jobs.stop()])
      await Promise.all([postgres.close(), redis.close()])
    },
  }
}

interface Ports {
  readonly graph: StartedGraph
  readonly generator: ResponseGenerator
}

function addRoutes(app: App, service: Service, { graph, generator }: Ports): void {
  authRoutes(app, service)
  ecosystemRoutes(app, service)
  characterRoutes(app, service)
  interactionRoutes(app, service, generator)
  autonomyRoutes(app, service, generator)
  eventRoutes(app, service)
  graphRoutes(app, service, graph.graph)
  graphStateRoutes(app, graph)
}

/** Where answers come from: templates, or a language model where one is named. */
function generatorFor({ env, log }: Service): ResponseGenerator {
  if (env.LANGUAGE_MODEL_URL === undefined) return templateGenerator
  return languageModel({
    url: env.LANGUAGE_MODEL_URL,
    model: env.LANGUAGE_MODEL,
    key: env.LANGUAGE_MODEL_KEY,
    timeoutMs: env.LANGUAGE_MODEL_TIMEOUT_MS,
    fallback: templateGenerator,
    onFailure: (error) => log.warn({ err: error }, 'a template answers for the language model'),
  })
}
