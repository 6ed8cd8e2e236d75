import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fromDatabase, type ConstraintErrors } from './constraint.ts'
import { AppError, requestError } from './errors.ts'

/** The one shape of every error answer. */
export interface ErrorBody {
  readonly error: {
    readonly code: string
    readonly message: string
    readonly hint?: string
    readonly details?: unknown
    /** Called otherwise where the app says so. */
    readonly requestId?: string
  }
}

interface FieldProblem {
  readonly path: string
  readonly message: string
}

/** Options of {@link handleErrors}. */
export interface ErrorOptions {
  /** Prefix of every code, such as `LFA`. */
  readonly system: string
  readonly constraints: ConstraintErrors
  /** The field of an error that holds the request's id. */
  readonly requestIdField: string
}

/**
 * Gives every failure of the app the one error shape. What no registry knows becomes a 500 that
 * says nothing of its cause; the cause is logged with the request id.
 */
export function handleErrors(app: FastifyInstance, options: ErrorOptions): void {
  app.setErrorHandler((thrown, request, reply) => {
    const error = toAppError(thrown, options.constraints)
    if (error.status >= 500) request.log.error({ err: thrown }, 'request failed')
    if (error.status === 503) reply.header('retry-after', '1')
    return sendError(reply, request, error, options)
  })
  const allowedMethods = methodsByPath(app)
  app.setNotFoundHandler((request, reply) => {
    const methods = allowedMethods(request.url)
    if (methods.length === 0) {
      return sendError(reply, request, requestError('ROUTE_UNKNOWN'), options)
    }
    reply.header('allow', methods.join(', '))
    return sendError(reply, request, requestError('METHOD_NOT_ALLOWED'), options)
  })
}

/** Collects the routes as they are added; gives the methods that a path takes under any of them. */
function methodsByPath(app: FastifyInstance): (url: string) => string[] {
  const routes: { pattern: RegExp; methods: readonly string[] }[] = []
  app.addHook('onRoute', (route) => {
    const methods = typeof route.method === 'string' ? [route.method] : route.method
    routes.push({ pattern: new RegExp(`^${route.url.replaceAll(/:\w+/g, '[^/]+')}$`), methods })
  })
  return (url) => {
    const path = url.split('?', 1)[0] ?? url
    const matching = routes.filter((route) => route.pattern.test(path))
    return [...new Set(matching.flatMap((route) => route.methods))]
  }
}

function sendError(
  reply: FastifyReply,
  request: FastifyRequest,
  error: AppError,
  { system, requestIdField }: ErrorOptions,
): FastifyReply {
  const code = error.code.startsWith(`${system}_`) ? error.code : `${system}_${error.code}`
  const body: ErrorBody = {
    error: {
      code,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      ...(error.details === undefined ? {} : { details: error.details }),
      [requestIdField]: request.id,
    },
  }
  return reply.code(error.status).type('application/json; charset=utf-8').send(body)
}

function toAppError(thrown: unknown, constraints: ConstraintErrors): AppError {
  if (thrown instanceof AppError) return thrown
  if (hasZodFastifySchemaValidationErrors(thrown)) {
    return requestError('VALIDATION_FAILED', fieldProblems(thrown))
  }
  return fromFastify(thrown) ?? fromDatabase(thrown, constraints) ?? requestError('INTERNAL')
}

function fromFastify(thrown: unknown): AppError | undefined {
  if (!(thrown instanceof Error) || !('statusCode' in thrown)) return undefined
  switch (thrown.statusCode) {
    case 413:
      return requestError('BODY_TOO_LARGE')
    case 415:
      return requestError('MEDIA_TYPE_UNSUPPORTED')
    case 503:
      return requestError('UNAVAILABLE')
    default:
      return Number(thrown.statusCode) < 500 ? requestError('MALFORMED_REQUEST') : undefined
  }
}

function fieldProblems(
  error: Omit<FastifyError, 'validation'> & {
    validation: readonly { instancePath: string; message?: string; params: object }[]
  },
): FieldProblem[] {
  const place = error.validationContext ?? 'body'
  return error.validation.flatMap(({ instancePath, message, params }) => {
    const path = [place, ...instancePath.split('/').filter((part) => part !== '')].join('.')
    if ('keys' in params && Array.isArray(params.keys)) {
      return params.keys.map((key) => ({
        path: `${path}.${String(key)}`,
        message: 'Unknown field',
      }))
    }
    return [{ path, message: message ?? 'Invalid' }]
  })
}
