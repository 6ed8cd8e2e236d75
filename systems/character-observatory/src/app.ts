import { systemClock, type App, type Clock, type RunningService } from 'service-kit'
import { openService, servePages } from 'service-kit/serving'
import { Cache } from './cache/cache.ts'
import type { ServiceEnvironment } from './config.ts'
import { constraintErrors } from './error.ts'
import { reportFailures } from './failure/start.ts'
import { startLive } from './live/start.ts'
import type { StartedGraph } from './graph/graph-state.ts'
import { startGraph } from './graph/start.ts'
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
import { findAccount } from './store/user.ts'

const name = 'character-observatory'

const info = {
  title: 'Character Observatory',
  version: '0.1.0',
  description: 'Characters, their energy, their interactions and what becomes of them, live.',
}

const pages = new URL('../dist/web', import.meta.url)

/** Puts the service together; business time comes from `clock`. */
export async function createService(
  env: ServiceEnvironment,
  clock: Clock = systemClock,
): Promise<RunningService> {
  const open = await openService({
    system: 'CHAR',
    name,
    info,
    env,
    bounds: { poolMax: env.DATABASE_POOL_MAX },
    constraints: constraintErrors,
    findAccount: async (subject, { pool }) =>
      cache.read(
        { kind: 'session', id: subject, part: 'account' },
        async () => (await findAccount(pool, subject))[0],
      ),
  })
  const { app, pool, redis, accounts } = open
  const cache: Cache = new Cache(app, { redis, isOn: env.CACHE })
  const service: Service = { pool, redis, accounts, cache, clock, env, log: app.log }
  const failures = reportFailures(app, {
    dsn: env.SENTRY_DSN,
    release: `${name}@${info.version}`,
  })
  const graph = await startGraph(app, service)
  const generator = generatorFor(service)
  addRoutes(app, service, { graph, generator })
  await servePages(app, pages, name)
  const live = await startLive(app, service)
  const jobs = startJobs(service, generator)
  return { app, close: () => open.close(live, graph, jobs, failures) }
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
