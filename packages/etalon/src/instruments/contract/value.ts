import fc, { type Arbitrary } from 'fast-check'
import type { JsonSchema } from '../openapi.ts'
import { hostileTexts, unstorableTexts } from './hostile-text.ts'

/** Looks up what a `$ref` stands for. */
export type Resolve = (schema: JsonSchema) => JsonSchema

const depthMax = 4
/** Like fast-check's unit `binary`, for which it would look up a million characters first. */
const anyCharacter = fc
  .integer({ min: 0, max: 0x10_ffff })
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code))
/** Longer texts are drawn now and then; each costs as much as many short ones. */
const usualLengthMax = 40
const longLengthMax = 20_000

/** Draws values that fit a schema. Whether one really does is judged by the schema itself. */
export function fitting(schema: JsonSchema, resolve: Resolve, depth = 0): Arbitrary<unknown> {
  const of = resolve(schema)
  if (depth > depthMax) return anything(depth)
  if (of.const !== undefined) return fc.constant(of.const)
  if (of.enum) return fc.constantFrom(...of.enum)
  const choices = of.anyOf ?? of.oneOf
  if (choices) return fc.oneof(...choices.map((choice) => fitting(choice, resolve, depth)))
  const types = [of.type ?? []].flat()
  if (types.length > 1) {
    return fc.oneof(...types.map((type) => fitting({ ...of, type }, resolve, depth)))
  }
  const [type = 'any'] = types
  switch (type) {
    case 'string':
      return fittingText(of)
    case 'integer':
      return fc.integer(boundsOf(of))
    case 'number':
      return fittingNumber(of)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array': {
      const limits = { minLength: of.minItems ?? 0, maxLength: Math.min(of.maxItems ?? 4, 4) }
      return fc.array(fitting(of.items ?? {}, resolve, depth + 1), limits)
    }
    case 'object':
      return fittingObject(of, resolve, depth)
    default:
      return anything(depth)
  }
}

/** Any JSON, with hostile texts in it. */
function anything(depth: number): Arbitrary<unknown> {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(...hostileTexts),
    fc.constantFrom(...unstorableTexts),
  )
  const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null))
  if (depth >= depthMax) return leaf
  const list = fc.array(leaf, { maxLength: 3 })
  return fc.oneof(leaf, list, fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), leaf))
}

function fittingObject(of: JsonSchema, resolve: Resolve, depth: number): Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = of
  const members = Object.entries(properties).map(
    ([name, member]) => [name, fitting(member, resolve, depth + 1)] as const,
  )
  if (members.length === 0 && typeof additionalProperties === 'object') {
    const value = fitting(additionalProperties, resolve, depth + 1)
    return fc.dictionary(fc.string({ minLength: 1, maxLength: 12 }), value, { maxKeys: 4 })
  }
  return fc.record(Object.fromEntries(members), {
    requiredKeys: required.filter((name) => name in properties),
  })
}

function fittingText({
  format,
  pattern,
  minLength = 0,
  maxLength = 200,
}: JsonSchema): Arbitrary<unknown> {
  if (format === 'uuid') return fc.uuid()
  if (format === 'date') return fc.date(years).map((date) => date.toISOString().slice(0, 10))
  if (format === 'date-time') return fc.date(years).map((date) => date.toISOString())
  if (format === 'uri') return fc.webUrl()
  if (format === 'email') {
    const fits = new RegExp(pattern ?? '', 'u')
    return fc.emailAddress().filter((text) => text.length <= maxLength && fits.test(text))
  }
  if (pattern?.startsWith('^')) {
    const isOfLength = (text: string): boolean =>
      text.length >= minLength && text.length <= maxLength
    return fc.stringMatching(new RegExp(pattern, 'u')).filter(isOfLength)
  }
  const matches = new RegExp(pattern ?? '', 'u')
  const usual = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, usualLengthMax)) }
  const longest = '𝄞'.repeat(Math.min(maxLength, longLengthMax))
  return fc
    .oneof(
      // What fails with a longer text is tried with a shorter one too.
      { withCrossShrink: true },
      { arbitrary: fc.string({ ...usual, unit: 'grapheme-ascii' }), weight: 3 },
      { arbitrary: fc.string({ ...usual, unit: anyCharacter }), weight: 2 },
      { arbitrary: fc.constantFrom(...hostileTexts), weight: 6 },
      { arbitrary: fc.constantFrom(...unstorableTexts), weight: 1 },
      { arbitrary: fc.constantFrom(longest, 'x'.repeat(longest.length / 2)), weight: 1 },
    )
    .filter((text) => matches.test(text) && lengthOf(text) <= maxLength)
}

/** In characters, as JSON Schema counts. */
function lengthOf(text: string): number {
  return Array.from(text).length
}

const years = {
  min: new Date('1970-01-01T00:00:00Z'),
  max: new Date('2100-01-01T00:00:00Z'),
  noInvalidDate: true,
}

function boundsOf({ minimum, maximum }: JsonSchema): { min: number; max: number } {
  return {
    min: Math.max(minimum ?? -1_000_000, Number.MIN_SAFE_INTEGER),
    max: Math.min(maximum ?? 1_000_000, Number.MAX_SAFE_INTEGER),
  }
}

function fittingNumber(of: JsonSchema): Arbitrary<unknown> {
  const { min, max } = boundsOf(of)
  const { multipleOf: step } = of
  if (step === undefined) return fc.double({ min, max, noNaN: true })
  const steps = fc.integer({ min: Math.ceil(min / step), max: Math.floor(max / step) })
  return steps.map((count) => Number((count * step).toPrecision(12)))
}

/** Values of every kind, for where one of a certain kind is expected. */
const wrongKinds: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, '', 'x', [], {}, [null], { a: 1 }),
  fc.constantFrom<unknown>(...hostileTexts, ...unstorableTexts),
)

/** Draws values that do not fit a schema at one place. */
export function spoilt(schema: JsonSchema, resolve: Resolve, depth = 0): Arbitrary<unknown> {
  const of = resolve(schema)
  const type = [of.type ?? []].flat()[0]
  if (type === 'object' && of.properties) {
    return fc.oneof(wrongKinds, ...spoiltObjects(of, resolve, depth))
  }
  if (type === 'array') {
    const item = spoilt(of.items ?? {}, resolve, depth + 1)
    return fc.oneof(wrongKinds, fc.array(item, { minLength: 1, maxLength: 2 }))
  }
  return fc.oneof(wrongKinds, fc.constantFrom<unknown>(...beyondBounds(of)))
}

function spoiltObjects(of: JsonSchema, resolve: Resolve, depth: number): Arbitrary<unknown>[] {
  const fits = fittingObject(of, resolve, depth) as Arbitrary<Record<string, unknown>>
  const unknown = fc.constantFrom('extra', 'id', 'user_id', 'created_by', 'constructor', '')
  const added = fc.tuple(fits, unknown).map(([value, name]) => ({ ...value, [name]: 1 }))
  const oneWrong = Object.entries(of.properties ?? {}).map(([name, member]) =>
    fc
      .tuple(fits, depth < depthMax ? spoilt(member, resolve, depth + 1) : wrongKinds)
      .map(([value, wrong]) => ({ ...value, [name]: wrong })),
  )
  const oneMissing = (of.required ?? []).map((name) =>
    fits.map((value) => Object.fromEntries(Object.entries(value).filter(([key]) => key !== name))),
  )
  return [added, ...oneWrong, ...oneMissing]
}

function beyondBounds({ minimum, maximum, minLength, maxLength }: JsonSchema): unknown[] {
  return [
    ...(minimum === undefined ? [] : [minimum - 1, minimum + 0.001]),
    ...(maximum === undefined ? [] : [maximum + 1, 1e300]),
    ...(minLength === undefined ? [] : ['x'.repeat(Math.max(0, minLength - 1))]),
    ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)]),
    'no such word',
  ]
}
