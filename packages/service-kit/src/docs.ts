import { createHash } from 'node:crypto'
import swagger from '@fastify/swagger'
import fastify, { type FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'

const documentPath = '/openapi.json'
const pagePath = '/docs'

/** What the API page says of the service. */
export interface ApiInfo {
  readonly title: string
  readonly version: string
  readonly description: string
}

// eslint-disable-next-line typescript/explicit-function-return-type -- the literal is the type
function errorSchema(requestIdField: string) {
  return {
    type: 'object' as const,
    required: ['error'],
    properties: {
      error: {
        type: 'object' as const,
        required: ['code', 'message', requestIdField],
        properties: {
          code: { type: 'string' as const },
          message: { type: 'string' as const },
          hint: { type: 'string' as const },
          details: {},
          [requestIdField]: { type: 'string' as const },
        },
      },
    },
  }
}

const errorAnswer = {
  description: 'The request failed; the code says why',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
} as const

/**
 * Generates the OpenAPI 3.1 document from the routes' Zod schemas, serves it at `/openapi.json`
 * and a page to try the API at `/docs`. Must be registered before the routes. The page asks no
 * other host for anything.
 */
export async function registerDocs(
  app: FastifyInstance,
  info: ApiInfo,
  requestIdField: string,
): Promise<void> {
  const optionalBodies = new Set<string>()
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { ...info },
      components: {
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
        schemas: { Error: errorSchema(requestIdField) },
      },
    },
    transform: (source) => {
      // The answers are JSON Schemas already.
      const { response, ...asked } = source.schema
      const { schema, url } = jsonSchemaTransform({ ...source, schema: asked })
      const access = source.route.config?.access
      if (schema.hide === true || access === undefined) return { schema: { hide: true }, url }
      if (takesNoBody(asked.body)) optionalBodies.add(operationKey(source.route.method, url))
      const roles = access === 'public' ? 'Anyone' : access.roles.join(', ')
      const described = {
        ...schema,
        response,
        description: [schema.description, `Who: ${roles}.`].filter(Boolean).join(' '),
        security: access === 'public' ? [] : [{ bearer: [] }],
      }
      return { schema: described, url }
    },
    transformObject: (source) => {
      const document = withErrorAnswers(jsonSchemaTransformObject(source))
      eachOperation(document, (operation, key) => {
        if (optionalBodies.has(key)) Object.assign(operation.requestBody ?? {}, { required: false })
        for (const parameter of operation.parameters ?? []) tidyNumber(parameter.schema)
      })
      return document
    },
  })
  app.get(
    documentPath,
    { config: { access: 'public', rateLimit: false }, schema: { hide: true } },
    () => app.swagger(),
  )
  serveApiPage(app, info.title)
}

type Document = ReturnType<typeof jsonSchemaTransformObject>

/** As much of an operation as is changed after it was generated. */
interface Written {
  readonly responses: object
  readonly requestBody?: object
  readonly parameters?: readonly { readonly schema?: Record<string, unknown> }[]
}

function withErrorAnswers(document: Document): Document {
  eachOperation(document, ({ responses }) => {
    Object.assign(responses, { default: errorAnswer })
  })
  return document
}

function eachOperation(document: Document, change: (of: Written, key: string) => void): void {
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(item ?? {})) {
      if (typeof operation !== 'object' || operation === null || !('responses' in operation)) {
        continue
      }
      change(operation as unknown as Written, operationKey(method, path))
    }
  }
}

/** Routes write `:id` where documents write `{id}`. */
function operationKey(method: string | readonly string[], path: string): string {
  return `${String(method).toUpperCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`
}

function takesNoBody(schema: unknown): boolean {
  return schema instanceof z.ZodType && schema.safeParse(undefined).success
}

/** A number in a path or a query is read from a text, whose pattern and default are no number's. */
function tidyNumber(schema: Record<string, unknown> | undefined): void {
  if (schema?.type !== 'integer') return
  delete schema.pattern
  if (typeof schema.default === 'string') schema.default = Number(schema.default)
}

/**
 * The page is four megabytes of script and what it takes to read documents, for which hardly any
 * process is asked: the first request loads it, as an app of its own. Its policy allows its script.
 */
function serveApiPage(app: FastifyInstance, title: string): void {
  let opened: Promise<FastifyInstance> | undefined
  const open = (): Promise<FastifyInstance> => {
    opened ??= openApiPage(title).catch((error: unknown) => {
      opened = undefined
      throw error
    })
    return opened
  }
  for (const path of [pagePath, `${pagePath}/*`]) {
    app.get(
      path,
      { config: { access: 'public' }, schema: { hide: true } },
      async (request, reply) => {
        const answer = await (await open()).inject(request.url)
        if (answer.statusCode === 404) return reply.callNotFound()
        const { location, 'content-type': type } = answer.headers
        if (location !== undefined) return reply.redirect(location, answer.statusCode)
        if (answer.body.startsWith('<!doctype html>')) {
          reply.header('content-security-policy', pagePolicy(answer.body))
        }
        return reply.type(String(type)).send(answer.rawPayload)
      },
    )
  }
}

async function openApiPage(title: string): Promise<FastifyInstance> {
  const { default: apiReference } = await import('@scalar/fastify-api-reference')
  const page = fastify()
  await page.register(apiReference, {
    routePrefix: pagePath,
    configuration: {
      url: documentPath,
      pageTitle: title,
      authentication: { preferredSecurityScheme: 'bearer' },
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      showDeveloperTools: 'never',
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  })
  return page
}

/** Allows the page's own inline script by its hash, and no host but this one. */
function pagePolicy(html: string): string {
  const hashes = [...html.matchAll(/<script[^>]*>([^]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  )
  return [
    "default-src 'self'",
    `script-src 'self' ${hashes.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
