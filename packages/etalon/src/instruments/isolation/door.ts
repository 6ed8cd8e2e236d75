import type { Dispatcher } from 'undici'
import type { Operation } from '../openapi.ts'
import { sendOver, type WireAnswer } from '../wire.ts'
import type { RequestParts, Things } from './rule.ts'

/** Where requests go. */
export interface Door {
  readonly dispatcher: Dispatcher
  readonly basePath: string
  /** Headers that make a request an actor's. */
  readonly actors: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly signal: AbortSignal
}

/** A request of the matrix and its answer. */
export interface Visit {
  /** In one line: `PUT /projects/01a1… {"name":"x"} as stranger → 404`. */
  readonly described: string
  readonly answer: WireAnswer
}

const timeoutMs = 15_000
const shownCharacters = 200

/** Knocks as an actor, with the things named at their places. */
export async function knock(
  door: Door,
  actor: string,
  operation: Operation,
  parts: RequestParts & { readonly places: Things },
): Promise<Visit> {
  const { places, query = {}, headers = {}, body } = parts
  const inPart = (part: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries(places)
        .filter(([place]) => place.startsWith(`${part}.`))
        .map(([place, value]) => [place.slice(part.length + 1), value]),
    )
  const path = operation.path.replaceAll(/\{([^}]+)\}/g, (_all, name: string) =>
    encodeURIComponent(places[name] ?? name),
  )
  const search = new URLSearchParams({ ...query, ...inPart('query') }).toString()
  const sent = { ...body, ...inPart('body') }
  const hasBody = body !== undefined || Object.keys(inPart('body')).length > 0
  const target = path + (search === '' ? '' : `?${search}`)
  const answer = await sendOver(
    door.dispatcher,
    {
      method: operation.method,
      target: door.basePath + target,
      headers: {
        accept: 'application/json',
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
        ...door.actors[actor],
        ...headers,
      },
      body: hasBody ? JSON.stringify(sent) : undefined,
    },
    { timeoutMs, signal: door.signal },
  )
  const carried = hasBody ? ` ${JSON.stringify(sent)}` : ''
  const came = answer.lost ?? `${answer.status} ${answer.text.slice(0, shownCharacters)}`
  return { described: `${operation.method} ${target}${carried} as ${actor} → ${came}`, answer }
}

const uuids = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi
const moments = /\d{4}-\d\d-\d\dT[\d:.]+Z/g

/** What an answer says, without what differs from one request to the next. */
export function sayingOf(answer: WireAnswer, sent: readonly string[]): string {
  const names = Object.keys(answer.headers)
    .filter((name) => name !== 'content-length')
    .toSorted()
  const text = sent.reduce((said, value) => said.replaceAll(value, '#'), answer.text)
  return [names.join(' '), text.replaceAll(uuids, '#').replaceAll(moments, '@')].join('\n')
}
