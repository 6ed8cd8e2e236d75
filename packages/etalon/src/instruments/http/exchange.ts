import { formatDuration } from '../../kernel/units.ts'

/** A request as it was sent, with what must not be kept taken out. */
export interface RequestRecord {
  readonly method: string
  readonly url: string
  readonly actor: string
  readonly body?: unknown
}

/** An answer of the system. */
export interface HttpResponse<Body = unknown> {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The parsed JSON, or the text when the answer is something else. */
  readonly body: Body
  readonly text: string
  readonly durationMs: number
  readonly request: RequestRecord
}

/** How much of a body is kept as evidence, in characters. */
const bodyCharactersMax = 4_000
const secretNames = /password|secret|token|authorization|cookie/i

/** An exchange as evidence: bodies cut to size, secrets replaced. */
export function exchangeRecord(response: HttpResponse): Readonly<Record<string, unknown>> {
  const { method, url, actor, body } = response.request
  return {
    method,
    url,
    actor,
    ...(body === undefined ? {} : { request: withoutSecrets(body) }),
    status: response.status,
    durationMs: Number(response.durationMs.toFixed(3)),
    response:
      response.text.length > bodyCharactersMax
        ? `${response.text.slice(0, bodyCharactersMax)}…`
        : withoutSecrets(response.body),
  }
}

/** An exchange in one line: `POST /api/v1/coach/licenses as student → 409 in 12 ms`. */
export function describeExchange(response: HttpResponse): string {
  const { method, url, actor } = response.request
  return `${method} ${url} as ${actor} → ${response.status} in ${formatDuration(response.durationMs)}`
}

/** A copy of a value in which every field with a secret's name is replaced. */
function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secretNames.test(name) && typeof inner === 'string' ? '(not kept)' : withoutSecrets(inner),
    ]),
  )
}
