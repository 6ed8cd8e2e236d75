import type { HttpClient } from 'etalon'

/** As much of JSON Schema as the service's own document uses. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
  readonly items?: JsonSchema
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly minLength?: number
}

/** One parameter in a path, a query or a header. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: JsonSchema
}

/** One operation of the document. */
export interface Operation {
  /** Method and path, such as `GET /api/v1/users/{id}`. */
  readonly name: string
  readonly method: string
  readonly path: string
  readonly isPublic: boolean
  /** Whether only admins may call it. */
  readonly isForAdmins: boolean
  readonly parameters: readonly Parameter[]
  readonly body: JsonSchema | undefined
  readonly successStatus: number
  readonly answer: JsonSchema | undefined
}

interface Content {
  readonly content?: { readonly 'application/json'?: { readonly schema: JsonSchema } }
}

interface DocumentedOperation {
  readonly description?: string
  readonly security: readonly unknown[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: Content
  readonly responses: Readonly<Record<string, Content>>
}

interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>
}

/** Every operation that the service documents at `/openapi.json`. */
export async function readOperations(client: HttpClient): Promise<Operation[]> {
  const { body } = await client.get<OpenApiDocument>('/openapi.json').expect(200)
  return Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, documented]) =>
      operationOf(method.toUpperCase(), path, documented),
    ),
  )
}

function operationOf(method: string, path: string, documented: DocumentedOperation): Operation {
  const { security, parameters = [], requestBody, responses } = documented
  const success = Object.keys(responses).find((status) => status.startsWith('2')) ?? '0'
  return {
    name: `${method} ${path}`,
    method,
    path,
    isPublic: security.length === 0,
    isForAdmins: documented.description?.endsWith('Who: ADMIN.') ?? false,
    parameters,
    body: schemaIn(requestBody),
    successStatus: Number(success),
    answer: schemaIn(responses[success]),
  }
}

function schemaIn(of: Content | undefined): JsonSchema | undefined {
  return of?.content?.['application/json']?.schema
}

/** Where a value is not what a schema says, as sentences. */
export function departures(schema: JsonSchema, value: unknown, place = 'body'): string[] {
  if (schema.anyOf) {
    const fits = schema.anyOf.some((one) => departures(one, value, place).length === 0)
    return fits ? [] : [`${place} fits none of the documented forms`]
  }
  const types = schema.type === undefined ? [] : [schema.type].flat()
  if (types.length > 0 && !types.some((type) => isOfType(type, value))) {
    return [`${place} is ${JSON.stringify(value)} and not ${types.join(' or ')}`]
  }
  if (schema.enum && !schema.enum.includes(value)) {
    return [`${place} is ${String(value)}, which is not among ${schema.enum.join(', ')}`]
  }
  if (typeof value === 'string' && !hasFormat(schema.format, value)) {
    return [`${place} is ${value}, which is no ${schema.format ?? ''}`]
  }
  if (Array.isArray(value)) {
    const { items } = schema
    return items ? value.flatMap((item, at) => departures(items, item, `${place}[${at}]`)) : []
  }
  return typeof value === 'object' && value !== null
    ? memberDepartures(schema, value as Readonly<Record<string, unknown>>, place)
    : []
}

function memberDepartures(
  { properties = {}, required = [], additionalProperties }: JsonSchema,
  value: Readonly<Record<string, unknown>>,
  place: string,
): string[] {
  const missing = required.filter((name) => !(name in value))
  const unknown = Object.keys(value).filter((name) => !(name in properties))
  return [
    ...missing.map((name) => `${place}.${name} is missing`),
    ...(additionalProperties === false ? unknown : []).map(
      (name) => `${place}.${name} is not documented`,
    ),
    ...Object.entries(properties).flatMap(([name, member]) =>
      name in value ? departures(member, value[name], `${place}.${name}`) : [],
    ),
  ]
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value)
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    default:
      return typeof value === type
  }
}

const formats: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  date: /^\d{4}-\d\d-\d\d$/,
}

function hasFormat(format: string | undefined, value: string): boolean {
  return format === undefined || (formats[format]?.test(value) ?? true)
}
