/** As much of JSON Schema as requests are made from; whatever else it says is judged by a validator. */
export interface JsonSchema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: JsonSchema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly multipleOf?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
}

/** A schema and where it stands in the document, as a JSON pointer. */
export interface PlacedSchema {
  readonly schema: JsonSchema
  readonly pointer: string
}

/** One parameter in a path, a query or a header. */
export interface Parameter extends PlacedSchema {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required: boolean
}

/** What a documented answer may be: by content type, a schema or (for bytes) none. */
export type AnswerContent = Readonly<Record<string, PlacedSchema>>

/** One operation of an OpenAPI document. */
export interface Operation {
  /** Method and path, such as `GET /users/{id}`. */
  readonly name: string
  readonly method: string
  readonly path: string
  /** Whether it can be called without credentials. */
  readonly isPublic: boolean
  readonly description: string
  readonly parameters: readonly Parameter[]
  readonly body: (PlacedSchema & { readonly required: boolean }) | undefined
  /** By status, or `default`. */
  readonly answers: Readonly<Record<string, AnswerContent>>
}

/** An OpenAPI 3.1 document, as JSON gives it. */
export type OpenApiDocument = Readonly<Record<string, unknown>>

const methods = new Set(['get', 'put', 'post', 'delete', 'patch', 'options', 'head', 'trace'])

/** Every operation of a document. */
export function operationsOf(document: OpenApiDocument): Operation[] {
  const paths = membersOf(document['paths'])
  return paths.flatMap(([path, item]) =>
    membersOf(item)
      .filter(([method]) => methods.has(method))
      .map(([method]) => operationAt(document, path, method)),
  )
}

/**
 * What a `$ref` within the document stands for, undefined when that is not there; any other value
 * stands for itself.
 */
export function resolveRef<Value>(document: OpenApiDocument, value: Value): Value | undefined {
  const ref = (value as { $ref?: unknown } | undefined)?.$ref
  if (typeof ref !== 'string' || !ref.startsWith('#/')) return value
  const names = ref.slice(2).split('/').map(unescapeName)
  return names.reduce<unknown>((at, name) => objectOf(at)[name], document) as Value | undefined
}

function operationAt(document: OpenApiDocument, path: string, method: string): Operation {
  const pointer = `#/paths/${escapeName(path)}/${method}`
  const item = objectOf(objectOf(document['paths'])[path])
  const operation = objectOf(item[method])
  const security = operation['security'] ?? document['security']
  const shared = listOf(item['parameters']).map((parameter, at) =>
    parameterOf(document, parameter, `#/paths/${escapeName(path)}/parameters/${at}/schema`),
  )
  const own = listOf(operation['parameters']).map((parameter, at) =>
    parameterOf(document, parameter, `${pointer}/parameters/${at}/schema`),
  )
  const answers = membersOf(operation['responses']).map(([status, answer]) => {
    const content = objectOf(resolveRef(document, answer))['content']
    return [status, contentOf(content, `${pointer}/responses/${status}/content`)] as const
  })
  return {
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    isPublic: listOf(security).length === 0,
    description: textOf(operation['description']),
    parameters: [...shared, ...own],
    body: bodyOf(objectOf(operation['requestBody']), `${pointer}/requestBody/content`),
    answers: Object.fromEntries(answers),
  }
}

function parameterOf(document: OpenApiDocument, written: unknown, pointer: string): Parameter {
  const { name, in: place, required, schema } = objectOf(resolveRef(document, written))
  return {
    name: String(name),
    in: place as Parameter['in'],
    required: required === true,
    schema: objectOf(schema),
    pointer,
  }
}

function bodyOf(written: Readonly<Record<string, unknown>>, pointer: string): Operation['body'] {
  const json = contentOf(written['content'], pointer)['application/json']
  return json && { ...json, required: written['required'] === true }
}

function contentOf(content: unknown, pointer: string): AnswerContent {
  const types = membersOf(content).map(([type, media]) => {
    const schema: JsonSchema = objectOf(objectOf(media)['schema'])
    return [type, { schema, pointer: `${pointer}/${escapeName(type)}/schema` }] as const
  })
  return Object.fromEntries(types)
}

function escapeName(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
}

function unescapeName(name: string): string {
  return decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function membersOf(value: unknown): [string, unknown][] {
  return Object.entries(objectOf(value))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
