import type { AnswerContent, Operation, Parameter } from '../openapi.ts'
import type { Answer } from './exchange.ts'
import { isBeyondSchemas } from './hostile-text.ts'
import type { MadeRequest } from './request.ts'
import type { Schemas } from './schema.ts'

/** How an answer breaks the contract. */
export type ViolationKind =
  | 'no-answer'
  | 'server-error'
  | 'undocumented-status'
  | 'undocumented-type'
  | 'undocumented-shape'
  | 'refused-though-fitting'
  | 'accepted-though-unfit'
  | 'answered-without-credentials'
  | 'stored-otherwise'

export interface Broken {
  readonly kind: ViolationKind
  readonly message: string
}

/** What the judge goes by. */
export interface Rules {
  readonly schemas: Schemas
  /** Which statuses the document's `default` stands for. */
  readonly errorStatuses: ReadonlySet<number>
  /** Statuses by which a request is refused for its form alone, so that one that fits gets none. */
  readonly formStatuses: ReadonlySet<number>
  /** Parameters whose values the system alone makes. */
  readonly opaque: ReadonlySet<string>
}

/** Whether a request fits the document; `open` where the document cannot tell. */
export type Fit = 'fits' | 'unfit' | 'open'

/** Holds a request against the schemas of its operation. */
export function fitOf(
  operation: Operation,
  request: MadeRequest,
  { schemas, opaque }: Pick<Rules, 'schemas' | 'opaque'>,
): Fit {
  const texts = textsIn([request.path, request.query, request.headers, request.body])
  const misfits = operation.parameters.some((one) => isUnfit(one, request, schemas))
  if (misfits || bodyIsUnfit(operation, request, schemas)) return 'unfit'
  const isOpen = operation.parameters.some((one) => {
    const text = textAt(one, request)
    return text !== undefined && (opaque.has(one.name) || isDoubtful(one, text))
  })
  return isOpen || texts.some(isBeyondSchemas) ? 'open' : 'fits'
}

/** How the answer to a request of this fit breaks the contract; undefined when it keeps it. */
export function judge(
  operation: Operation,
  { request, fit }: { readonly request: MadeRequest; readonly fit: Fit },
  answer: Answer,
  rules: Rules,
): Broken | undefined {
  const { status, lost } = answer
  const broken = (kind: ViolationKind, message: string): Broken => ({ kind, message })
  if (lost !== undefined) return broken('no-answer', lost)
  const isDocumented = String(status) in operation.answers
  if (status >= 500 && !isDocumented) return broken('server-error', `it answers ${status}`)
  const content = contentFor(operation, status, rules)
  if (!content) return broken('undocumented-status', `${status} is not documented`)
  const misshapen = shapeProblem(content, answer, rules.schemas)
  if (misshapen) return misshapen
  if (request.credential !== 'given' && !operation.isPublic) {
    const message = `it answers ${status} to somebody unknown`
    return status === 401 ? undefined : broken('answered-without-credentials', message)
  }
  if (fit === 'fits' && rules.formStatuses.has(status)) {
    const said = JSON.stringify(answer.body).slice(0, 300)
    return broken('refused-though-fitting', `${status} to what the document allows: ${said}`)
  }
  if (fit === 'unfit' && status < 300) {
    return broken('accepted-though-unfit', `${status} to what the document forbids`)
  }
  const other = status < 300 ? storedOtherwise(request, answer) : undefined
  return other === undefined ? undefined : broken('stored-otherwise', other)
}

function contentFor(
  operation: Operation,
  status: number,
  { errorStatuses }: Rules,
): AnswerContent | undefined {
  const { [String(status)]: own, default: others } = operation.answers
  return own ?? (errorStatuses.has(status) ? others : undefined)
}

function shapeProblem(
  content: AnswerContent,
  { status, contentType, body }: Answer,
  schemas: Schemas,
): Broken | undefined {
  const types = Object.keys(content)
  if (types.length === 0) {
    if (body === '') return undefined
    return { kind: 'undocumented-shape', message: `${status} has a body, which none documents` }
  }
  const placed = content[contentType]
  if (!placed) {
    const message = `${status} is of type ${contentType || 'none'}, documented: ${types.join(', ')}`
    return { kind: 'undocumented-type', message }
  }
  if (!contentType.endsWith('json')) return undefined
  const departure = schemas.departure(placed, body)
  return departure === undefined
    ? undefined
    : { kind: 'undocumented-shape', message: `${status}: ${departure}` }
}

function isUnfit(parameter: Parameter, request: MadeRequest, schemas: Schemas): boolean {
  const value = textAt(parameter, request)
  if (value === undefined) return parameter.required && parameter.in !== 'cookie'
  if (isDoubtful(parameter, value)) return false
  return schemas.departure(parameter, valueOfText(parameter, value)) !== undefined
}

function textAt({ name, in: place }: Parameter, request: MadeRequest): string | undefined {
  const texts = { path: request.path, query: request.query, header: request.headers, cookie: {} }
  return (texts[place] as Readonly<Record<string, string>>)[name]
}

/** In paths, queries and headers everything is text; what reads as a number is meant as one. */
function valueOfText(parameter: Parameter, text: string): unknown {
  const types = typesOf(parameter)
  if (isNumeric(types) && String(Number(text)) === text) return Number(text)
  if (types.has('boolean') && /^(true|false)$/.test(text)) return text === 'true'
  return text
}

/** Whether a text is a number to some readers: `007`, `-0`, `1e3`, ` 5`. */
function isDoubtful(parameter: Parameter, text: string | undefined): boolean {
  if (text === undefined || !isNumeric(typesOf(parameter))) return false
  return Number.isFinite(Number(text)) && String(Number(text)) !== text
}

function typesOf({ schema }: Parameter): ReadonlySet<string> {
  return new Set([schema.type ?? []].flat())
}

function isNumeric(types: ReadonlySet<string>): boolean {
  return types.has('integer') || types.has('number')
}

function bodyIsUnfit(
  { body: documented }: Operation,
  { body }: MadeRequest,
  schemas: Schemas,
): boolean {
  if (!documented) return false
  if (body.kind === 'none') return documented.required
  if (body.kind === 'raw') return true
  return schemas.departure(documented, body.value) !== undefined
}

/** Texts that were accepted and come back changed. Ids, dates and e-mails have a form of their own. */
function storedOtherwise({ body }: MadeRequest, answer: Answer): string | undefined {
  if (body.kind !== 'json' || !isRecord(body.value) || !isRecord(answer.body)) return undefined
  const told = answer.body
  const changed = Object.entries(body.value).find(
    ([name, sent]) => name in told && !/email|_id$/.test(name) && !sameTexts(sent, told[name]),
  )
  return changed && `${changed[0]} was ${shortly(changed[1])} and is ${shortly(told[changed[0]])}`
}

/** Whether all texts are the same; numbers may be rounded to what a column holds. */
function sameTexts(sent: unknown, told: unknown): boolean {
  if (typeof sent === 'string') return sent === told
  if (Array.isArray(sent)) {
    return (
      Array.isArray(told) &&
      sent.length === told.length &&
      sent.every((item, at) => sameTexts(item, told[at]))
    )
  }
  if (!isRecord(sent)) return true
  return (
    isRecord(told) &&
    Object.keys(sent).every(
      (name) => Object.hasOwn(told, name) && sameTexts(sent[name], told[name]),
    )
  )
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)])
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shortly(value: unknown): string {
  return (JSON.stringify(value) ?? 'missing').slice(0, 120)
}
