import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

type JsonSchema = Record<string, unknown>

/**
 * Turns the Zod schemas of answers into JSON Schemas when a route is added, so that Fastify
 * compiles a serializer for each: several times faster than encoding with Zod, and fields that the
 * schema does not name never leave the service.
 */
export function compileAnswers(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const response = route.schema?.response
    if (typeof response !== 'object' || response === null) return
    const compiled = Object.entries(response).map(([status, schema]) => [
      status,
      schema instanceof z.ZodType ? toJsonSchema(schema) : (schema as unknown),
    ])
    route.schema = { ...route.schema, response: Object.fromEntries(compiled) as JsonSchema }
  })
}

function toJsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _draft, ...jsonSchema } = z.toJSONSchema(schema, {
    io: 'output',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: written }) => {
      if (zodSchema._zod.def.type === 'date') Object.assign(written, dateTime)
      dropSafeBounds(written)
      collapseNullable(written)
      allowMoreInChoices(written)
    },
  })
  return jsonSchema
}

/** That every number we send is exact in JavaScript need not be said of each. */
function dropSafeBounds(written: JsonSchema): void {
  if (written.minimum === Number.MIN_SAFE_INTEGER) delete written.minimum
  if (written.maximum === Number.MAX_SAFE_INTEGER) delete written.maximum
}

const dateTime = { type: 'string', format: 'date-time' }

/**
 * Which choice fits is found by validating it. A row with more columns than the schema names fits
 * all the same: what is not named is left out, here as everywhere.
 */
function allowMoreInChoices({ anyOf }: JsonSchema): void {
  if (!Array.isArray(anyOf)) return
  for (const choice of anyOf as JsonSchema[]) delete choice.additionalProperties
}

/** `anyOf` with null would be tried out at run time; a list of types is compiled. */
function collapseNullable(written: JsonSchema): void {
  const choices = written.anyOf
  if (!Array.isArray(choices) || choices.length !== 2) return
  const [value, none] = choices as [JsonSchema, JsonSchema]
  if (none.type !== 'null' || typeof value.type !== 'string' || value.type === 'object') return
  delete written.anyOf
  Object.assign(written, value, { type: [value.type, 'null'] })
  if (Array.isArray(value.enum)) written.enum = [...(value.enum as unknown[]), null]
}
