import type { HttpClient, HttpResponse, SystemHandle } from 'etalon'
import { departures, readOperations, type Operation } from './openapi.ts'

/** What a call carries beside its caller. */
export interface CallRequest {
  /** Values of the placeholders in the path. */
  readonly path?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: unknown
}

/** The documented endpoints, called by name as the specification writes them: `POST /sessions`. */
export interface Contract {
  /**
   * Calls an endpoint that has to succeed: with the documented status, which the rest of the claim
   * stands on, and a body that is noted as a departure when it is not the documented one.
   */
  call<Body>(caller: HttpClient, endpoint: string, request?: CallRequest): Promise<Body>
  /** Where answers were not as documented. */
  readonly departures: readonly string[]
  /** The endpoints that have answered. */
  readonly answered: ReadonlySet<string>
}

const prefix = '/api/v1'

/** Reads what the service documents; an endpoint that is not in there departs from it. */
export async function openContract(system: SystemHandle): Promise<Contract> {
  const operations = await readOperations(system.anonymous)
  const found: string[] = []
  const answered = new Set<string>()
  return {
    departures: found,
    answered,
    async call<Body>(caller: HttpClient, endpoint: string, request: CallRequest = {}) {
      const [method = '', path = ''] = endpoint.split(' ')
      const operation = operations.find(({ name }) => name === `${method} ${prefix}${path}`)
      if (!operation) found.push(`${endpoint} is not documented`)
      const options = request.query ? { query: request.query } : {}
      const pending = caller.send<Body>(method, pathOf(path, request), request.body, options)
      const response = await pending.expect(operation?.successStatus ?? 200)
      found.push(...answerDepartures(endpoint, operation, response))
      answered.add(endpoint)
      return response.body
    },
  }
}

function pathOf(path: string, { path: values = {} }: CallRequest): string {
  return prefix + path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(values[name]))
}

function answerDepartures(
  endpoint: string,
  operation: Operation | undefined,
  { body }: HttpResponse,
): string[] {
  if (!operation?.answer) return operation && body !== '' ? [`${endpoint} answers a body`] : []
  return departures(operation.answer, body).map((departure) => `${endpoint}: ${departure}`)
}

/** What was tried, the status and code that it has to be refused with, and the answer. */
export type Attempt = readonly [what: string, expected: string, answer: PromiseLike<HttpResponse>]

/** The attempts that were answered otherwise than with `409 LFA_LICENSE_EXISTS` and the like. */
export async function wronglyRefused(attempts: readonly Attempt[]): Promise<unknown[]> {
  const told = await Promise.all(
    attempts.map(async ([what, expected, answer]) => {
      const { status, body } = await answer
      const code = (body as { error?: { code?: string } }).error?.code
      return { what, expected, found: `${status} ${code ?? ''}` }
    }),
  )
  return told.filter(({ expected, found }) => found !== expected)
}

/** The columns in which a body and the row it tells of differ; moments are compared as text. */
export function differences(
  body: Readonly<Record<string, unknown>>,
  row: Readonly<Record<string, unknown>>,
): string[] {
  const shown = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value)
  const shared = Object.keys(body).filter((name) => name in row)
  if (shared.length === 0) return ['nothing in common']
  return shared
    .filter((name) => shown(row[name]) !== body[name])
    .map((name) => `${name}: told ${String(body[name])}, kept ${String(shown(row[name]))}`)
}
