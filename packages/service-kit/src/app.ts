import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type RawServerDefault,
} from 'fastify'
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Pool } from 'pg'
import { authenticate, type AuthOptions } from './auth.ts'
import type { ConstraintErrors } from './constraint.ts'
import { registerDocs, type ApiInfo } from './docs.ts'
import { handleErrors } from './error-handler.ts'
import { requestError } from './errors.ts'
import { registerProbes, type Check } from './health.ts'
import { registerMetrics, serveMetrics } from './metrics.ts'
import { limitRates, type RateLimitOptions } from './rate-limit.ts'
import { addSafeHeaders, type SafeHeaders } from './safe-header.ts'
import { compileAnswers } from './serializer.ts'

/** A Fastify app whose routes are typed by their Zod schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** Options of {@link createApp}. */
export interface AppOptions {
  /** Prefix of the error codes, such as `LFA`. */
  readonly system: string
  readonly info: ApiInfo
  readonly logLevel: string
  readonly bodyLimitBytes: number
  readonly auth: AuthOptions
  readonly rateLimit: RateLimitOptions
  readonly constraints: ConstraintErrors
  /** What `/ready` asks. */
  readonly checks: Readonly<Record<string, Check>>
  /** Whose connections `/metrics` shows. */
  readonly pool?: Pool
  /** How the id of a request is called; `x-request-id` and `requestId` by default. */
  readonly requestId?: RequestIdNames
}

/** How requests are told apart, in headers and in errors. */
export interface RequestIdNames {
  readonly header: string
  readonly field: string
  /** Ids of callers that are kept; another id is replaced. */
  readonly pattern: RegExp
}

const requestIdNames: RequestIdNames = {
  header: 'x-request-id',
  field: 'requestId',
  pattern: /^[\w.-]{1,64}$/,
}

/**
 * Creates an app with everything that is the same in every system: schema validation, one error
 * shape, tokens and a guard on every route, shared rate limits, safe headers, logs without
 * secrets, metrics, probes and the API page. Routes are added to what it gives; `app.ready()`
 * fails when one of them does not declare who may call it.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const names = options.requestId ?? requestIdNames
  let safeHeaders: SafeHeaders = {}
  const app: App = fastify({
    logger: {
      level: options.logLevel,
      redact: [
        'req.headers.authorization',
        'req.headers.cookie',
        'headers.authorization',
        'headers.cookie',
        'authorization',
      ],
    },
    bodyLimit: options.bodyLimitBytes,
    forceCloseConnections: 'idle',
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    requestIdHeader: false,
    genReqId: (request) => requestIdOf(request, names),
    routerOptions: { maxParamLength: 200 },
    // What the router cannot read reaches no hook.
    frameworkErrors: (error, request, reply) => {
      reply.headers({ ...safeHeaders, [names.header]: request.id })
      app.errorHandler(error, request, reply)
    },
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validateRequest)
  compileAnswers(app)
  // Bodies are JSON; Fastify would take plain text too.
  app.removeContentTypeParser('text/plain')

  // Before the plugins, so that their routes are known too.
  handleErrors(app, {
    system: options.system,
    constraints: options.constraints,
    requestIdField: names.field,
  })
  logRequests(app, names.header)
  refuseNull(app)
  closeAsAnswered(app)
  registerMetrics(app, options.pool)
  safeHeaders = await addSafeHeaders(app)
  await authenticate(app, options.auth)
  await limitRates(app, options.rateLimit)
  await registerDocs(app, options.info, names.field)
  registerProbes(app, options.checks)
  serveMetrics(app)
  return app
}

/** Fastify shows a body that was not sent as null, which no optional body is. */
const validateRequest: typeof validatorCompiler = (route) => {
  const validate = validatorCompiler(route)
  return route.httpPart === 'body' ? (body: unknown) => validate(body ?? undefined) : validate
}

/** A body that was sent and says `null` is not one that was left out. */
function refuseNull(app: App): void {
  app.addHook('preValidation', (request, _reply, done) => {
    const problem = { path: 'body', message: 'Must not be null' }
    done(request.body === null ? requestError('VALIDATION_FAILED', [problem]) : undefined)
  })
}

/** Keeps the caller's request id when it is a plain word, else makes one. */
function requestIdOf(
  request: { readonly headers: IncomingMessage['headers'] },
  { header, pattern }: RequestIdNames,
): string {
  const given = request.headers[header]
  return typeof given === 'string' && pattern.test(given) ? given : randomUUID()
}

/**
 * While the app closes, a connection whose last answer has been sent would be kept open for the
 * caller's next request, and closing would wait for it.
 */
function closeAsAnswered(app: App): void {
  app.addHook('preClose', (done) => {
    const sweep = setInterval(() => app.server.closeIdleConnections(), 20)
    app.server.once('close', () => clearInterval(sweep))
    done()
  })
}

/** One line a request, written when it has been answered. */
function logRequests(app: App, header: string): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header(header, request.id)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        durationMs: reply.elapsedTime,
        user: request.identity?.subject,
      },
      'answered',
    )
    done()
  })
}
