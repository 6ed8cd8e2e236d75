import type { HttpClient, Random } from 'etalon'
import type { JsonSchema, Operation, Parameter } from '../openapi.ts'
import { exampleOf, sendExample, type IdOf, type RequestExample } from '../request-example.ts'

/** SQL that would show, destroy or wait, if a text became part of a statement. */
const injections = [
  `' or '1'='1`,
  `%' or name like '%`,
  `'; drop table audit_log cascade; --`,
  `'||(select password_hash from users where role = 'ADMIN' limit 1)||'`,
  `'||pg_sleep(8)||'`,
  String.raw`\'; update users set role = 'ADMIN'; --`,
] as const

/** An answer takes this long only when the SQL in the request was run. */
const sleptMs = 7_500

/** A request with SQL in the place of one of its texts. */
export interface Injection {
  readonly operation: Operation
  /** Where the SQL stands, such as `body name`. */
  readonly place: string
  readonly name: string
  readonly text: string
  readonly example: RequestExample
}

/**
 * SQL in every text of an operation: fields, parameters, the key of idempotency, and numbers
 * written as texts. Where a password is hashed, which takes long, each place gets one.
 */
export function injectionsInto(operation: Operation, random: Random, idOf: IdOf): Injection[] {
  const fields = Object.entries(operation.body?.properties ?? {})
  const hashes = fields.some(([name]) => name.endsWith('password'))
  const texts = hashes ? injections.slice(0, 1) : injections
  const places = [
    ...fields.filter(([, schema]) => isText(schema)).map(([name]) => ['body', name] as const),
    ...operation.parameters.map(({ name, in: where }) => [where, name] as const),
  ]
  return places.flatMap(([where, name]) =>
    texts.map((text) => {
      const example = withText(exampleOf(operation, random, idOf), operation, [where, name, text])
      return { operation, place: `${where} ${name}`, name, text, example }
    }),
  )
}

/** What is one of a few words cannot carry anything, and neither can yes or no. */
function isText({ type, enum: words }: JsonSchema): boolean {
  return words === undefined && type !== 'boolean'
}

function withText(
  example: RequestExample,
  { path }: Operation,
  [where, name, text]: readonly [where: 'body' | Parameter['in'], name: string, text: string],
): RequestExample {
  switch (where) {
    case 'body':
      return { ...example, body: { ...example.body, [name]: text } }
    case 'path':
      return { ...example, path: path.replace(`{${name}}`, encodeURIComponent(text)) }
    case 'query':
      return { ...example, query: { ...example.query, [name]: text } }
    case 'header':
      return { ...example, headers: { [name]: text } }
  }
}

/** Sends SQL and gives what it achieved; nothing, if all is well. */
export async function achievementsOf(by: HttpClient, injection: Injection): Promise<unknown[]> {
  const { operation, place, name, text, example } = injection
  const response = await sendExample(by, operation, example)
  const { status, body, text: answer, durationMs } = response
  const told = body as Readonly<Record<string, unknown>>
  const achieved = [
    ...(status >= 500 ? ['an error of the service'] : []),
    ...(durationMs > sleptMs ? ['it was run'] : []),
    ...(/scrypt\$|syntax error|unterminated/i.test(answer) ? ['it shows the inside'] : []),
    ...(name in example.query && findsOthers(told, text) ? ['it finds rows'] : []),
    ...(status < 300 && name in told && told[name] !== text ? ['it is kept otherwise'] : []),
  ]
  return achieved.map((what) => ({ operation: operation.name, place, text, status, what }))
}

/** Whether a list holds what the text is no part of; a row may be called by it rightly. */
function findsOthers({ items }: Readonly<Record<string, unknown>>, text: string): boolean {
  const escaped = JSON.stringify(text).slice(1, -1)
  return Array.isArray(items) && items.some((item) => !JSON.stringify(item).includes(escaped))
}
