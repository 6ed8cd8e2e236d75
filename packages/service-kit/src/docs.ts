import { createHash } from 'node:crypto'
import swagger from '@fastify/swagger'
import apiReference from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'

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
      const roles = access === 'public' ? 'Anyone' : access.roles.join(', ')
      const described = {
        ...schema,
        response,
        description: [schema.description, `Who: ${roles}.`].filter(Boolean).join(' '),
        security: access === 'public' ? [] : [{ bearer: [] }],
      }
      return { schema: described, url }
    },
    transformObject: (source) => withErrorAnswers(jsonSchemaTransformObject(source)),
  })
  app.get(
    '/openapi.json',
    { config: { access: 'public', rateLimit: false }, schema: { hide: true } },
    () => app.swagger(),
  )
  await app.register(apiPage, { title: info.title })
}

function withErrorAnswers(
  document: ReturnType<typeof jsonSchemaTransformObject>,
): ReturnType<typeof jsonSchemaTransformObject> {
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(path ?? {})) {
      if (typeof operation === 'object' && operation !== null && 'responses' in operation) {
        Object.assign(operation.responses as object, { default: errorAnswer })
      }
    }
  }
  return document
}

/** The page in a scope of its own, where its routes are public and its policy allows its script. */
async function apiPage(
  scope: FastifyInstance,
  { title }: { readonly title: string },
): Promise<void> {
  scope.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: 'public' }
  })
  scope.addHook('onSend', async (_request, reply, payload) => {
    if (typeof payload !== 'string' || !payload.startsWith('<!doctype html>')) return payload
    reply.header('content-security-policy', pagePolicy(payload))
    return payload
  })
  await scope.register(apiReference, {
    routePrefix: '/docs',
    logLevel: 'silent',
    configuration: {
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
