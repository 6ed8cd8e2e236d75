import fc, { type Arbitrary } from 'fast-check'
import type { OpenApiDocument, Operation, Parameter } from '../openapi.ts'
import { resolveRef } from '../openapi.ts'
import { hostileTexts, unstorableTexts } from './hostile-text.ts'
import { fitting, spoilt, type Resolve } from './value.ts'

/** A body as it is sent. */
export type SentBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'raw'; readonly text: string; readonly contentType: string }

/** With what a request says who sends it. */
export type Credential = 'given' | 'none' | 'forged'

/** A request that was made up. */
export interface MadeRequest {
  readonly path: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: SentBody
  readonly credential: Credential
}

/** Values that mean something to the system, such as the ids of things that are there. */
export type KnownValues = (name: string, operation: Operation) => readonly string[]

/** Draws requests of one operation: ones that fit its document, and ones that do not. */
export function requestsOf(
  operation: Operation,
  document: OpenApiDocument,
  known: KnownValues,
): Arbitrary<MadeRequest> {
  // What refers to nothing takes anything; that the reference is broken is told elsewhere.
  const resolve: Resolve = (schema) => resolveRef(document, schema) ?? {}
  const aims = { operation, resolve, known }
  return fc.oneof(
    { arbitrary: requestFrom(aims, 'fit'), weight: 6 },
    { arbitrary: requestFrom(aims, 'spoil-parameter'), weight: 2 },
    ...(operation.body ? [{ arbitrary: requestFrom(aims, 'spoil-body'), weight: 4 }] : []),
    ...(operation.isPublic ? [] : [{ arbitrary: requestFrom(aims, 'no-credential'), weight: 1 }]),
  )
}

interface Aims {
  readonly operation: Operation
  readonly resolve: Resolve
  readonly known: KnownValues
}

type Aim = 'fit' | 'spoil-parameter' | 'spoil-body' | 'no-credential'

function requestFrom(aims: Aims, aim: Aim): Arbitrary<MadeRequest> {
  const { operation } = aims
  const spoilsParameter = aim === 'spoil-parameter'
  const placed = (place: Parameter['in']): Arbitrary<Record<string, string>> => {
    const parameters = operation.parameters.filter((one) => one.in === place)
    const values = parameters.map(
      (one) => [one.name, parameterValue(aims, one, spoilsParameter)] as const,
    )
    const needed = parameters.filter(({ required }) => required || place === 'path')
    const requiredKeys = spoilsParameter && place !== 'path' ? [] : needed.map(({ name }) => name)
    return fc.record(Object.fromEntries(values), { requiredKeys })
  }
  return fc.record({
    path: placed('path'),
    query: placed('query'),
    headers: placed('header').map(sendableHeaders),
    body: bodyOf(aims, aim),
    credential:
      aim === 'no-credential'
        ? fc.constantFrom<Credential>('none', 'forged')
        : fc.constant<Credential>('given'),
  })
}

function parameterValue(
  { operation, resolve, known }: Aims,
  parameter: Parameter,
  spoils: boolean,
): Arbitrary<string> {
  const { name, schema } = parameter
  const texts = (values: Arbitrary<unknown>): Arbitrary<string> => values.map(asText)
  const there = known(name, operation)
  const fits = texts(fitting(schema, resolve))
  const usual =
    there.length === 0
      ? fits
      : fc.oneof(
          { arbitrary: fc.constantFrom(...there), weight: 9 },
          { arbitrary: fits, weight: 1 },
        )
  if (!spoils) return usual
  const wrong = texts(
    fc.oneof(
      spoilt(schema, resolve),
      fc.constantFrom<unknown>(...hostileTexts, ...unstorableTexts),
    ),
  )
  // Another path is another operation.
  const sendable = parameter.in === 'path' ? wrong.filter((text) => text !== '') : wrong
  return fc.oneof(usual, sendable)
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What a client can put into a header: visible characters, without spaces at its ends. */
function sendableHeaders(headers: Record<string, string>): Record<string, string> {
  const sendable = Object.entries(headers).map(
    ([name, value]) => [name, value.replaceAll(/[^\u0020-\u007e]/g, '?').trim()] as const,
  )
  return Object.fromEntries(sendable)
}

const rawBodies: readonly SentBody[] = [
  { kind: 'raw', text: '{"name": ', contentType: 'application/json' },
  { kind: 'raw', text: 'not json', contentType: 'application/json' },
  { kind: 'raw', text: '{"__proto__": {"role": "operator"}}', contentType: 'application/json' },
  {
    kind: 'raw',
    text: `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    contentType: 'application/json',
  },
  { kind: 'raw', text: 'name=x', contentType: 'application/x-www-form-urlencoded' },
  { kind: 'raw', text: '<a/>', contentType: 'application/xml' },
  { kind: 'raw', text: 'x', contentType: 'text/plain' },
  { kind: 'raw', text: 'x', contentType: 'nonsense' },
]

function bodyOf({ operation, resolve }: Aims, aim: Aim): Arbitrary<SentBody> {
  const { body } = operation
  const none = fc.constant<SentBody>({ kind: 'none' })
  if (!body) return none
  const json = (value: unknown): SentBody => ({ kind: 'json', value })
  const fits = fitting(body.schema, resolve).map(json)
  if (aim !== 'spoil-body') return body.required ? fits : fc.oneof(fits, none)
  return fc.oneof(
    { arbitrary: spoilt(body.schema, resolve).map(json), weight: 8 },
    { arbitrary: fc.constantFrom(...rawBodies), weight: 1 },
    { arbitrary: none, weight: 1 },
  )
}
