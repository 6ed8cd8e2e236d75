import type { HttpClient, HttpResponse, Random } from 'etalon'
import type { JsonSchema, Operation } from './openapi.ts'

/** A request of the documented shape. */
export interface RequestExample {
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>> | undefined
}

/** Gives the value of a field: the id that a name such as `license_id` stands for. */
export type IdOf = (name: string, operation: Operation) => number

/** The kinds of text that the document knows by their format; any other text is free. */
const formatted: Readonly<Record<string, string>> = {
  date: '2001-05-14',
  'date-time': '2031-05-14T10:00:00Z',
  uri: 'https://pay.example/1',
}

/** What stands in a path for something that has no number. */
const words: Readonly<Record<string, string>> = { code: 'A'.repeat(26), spec: 'COACH' }

/**
 * A request of the documented shape, with every body field there is, and of the query what it
 * needs. Its texts are drawn, so that no two requests meet in a unique column.
 */
export function exampleOf(operation: Operation, random: Random, idOf: IdOf): RequestExample {
  const { body, parameters } = operation
  const value = (name: string, schema: JsonSchema): unknown =>
    name.endsWith('id') && schema.type === 'integer'
      ? idOf(name, operation)
      : valueOf(name, schema, random)
  const needed = parameters.filter(({ in: where, required }) => where === 'query' && required)
  const fields = Object.entries(body?.properties ?? {})
  return {
    path: operation.path.replaceAll(
      /\{(\w+)\}/g,
      (_all, name: string) => words[name] ?? String(idOf(name, operation)),
    ),
    query: Object.fromEntries(
      needed.map(({ name, schema }) => [name, String(value(name, schema))]),
    ),
    headers: {},
    body: body && Object.fromEntries(fields.map(([name, schema]) => [name, value(name, schema)])),
  }
}

/** Sends an example, as it is or with something else in it. */
export function sendExample(
  by: HttpClient,
  { method }: Operation,
  { path, query, headers, body }: RequestExample,
): PromiseLike<HttpResponse> {
  return by.send(method, path, body, { query, headers })
}

function valueOf(name: string, schema: JsonSchema, random: Random): unknown {
  if (schema.enum) return schema.enum[0]
  if (schema.type === 'string') return textOf(name, schema, random)
  // A number of 1 is within the bounds of every field.
  return schema.type === 'boolean' ? true : 1
}

function textOf(name: string, { format = '' }: JsonSchema, random: Random): string {
  if (format === 'email') return `${random.text(12)}@lfa.example`
  if (name.startsWith('end')) return (formatted[format] ?? '').replace('05-14', '05-15')
  return formatted[format] ?? `example ${random.text(12)}`
}
