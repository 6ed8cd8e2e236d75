import type { Client, Dispatcher } from 'undici'
import type { Random } from '../../../kernel/random.ts'
import { nowUs } from '../driver/clock.ts'
import { outcome, type OutcomeCode } from '../recording/book.ts'
import type { Recorder } from '../recording/recorder.ts'
import { ask } from './ask.ts'

/** A request of a step. */
export interface StepRequest {
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly json?: unknown
  readonly body?: string
  /** Statuses that are an answer; 200 to 399 unless given. */
  readonly statuses?: readonly number[]
}

/** What came back. */
export interface StepAnswer {
  readonly status: number
  readonly headers: Dispatcher.ResponseData['headers']
  readonly text: string
  /** The body as JSON. @throws SyntaxError when it is none */
  json(): unknown
}

/** Somebody who goes through a scenario. */
export interface ScenarioUser<Data = unknown> {
  /** From 0; with an open shape the number of the start, for each start is somebody else. */
  readonly number: number
  readonly data: Data
  /** Goes along from one run of the scenario to the next of the same user: a token, an id. */
  readonly memory: Map<string, unknown>
  readonly random: Random
  /** Sent with each of his requests from now on. */
  readonly headers: Record<string, string>
  /** @throws Error when no answer came or one that is none; the run of the scenario then failed */
  request(step: string, method: string, path: string, request?: StepRequest): Promise<StepAnswer>
  get(step: string, path: string, request?: StepRequest): Promise<StepAnswer>
  post(step: string, path: string, json?: unknown, request?: StepRequest): Promise<StepAnswer>
  /** @throws Error when `holds` is false; the run of the scenario then failed its check */
  check(what: string, holds: boolean): void
}

/** A run of a scenario that failed, and how. */
export class StepFailure extends Error {
  readonly outcome: OutcomeCode

  constructor(message: string, code: OutcomeCode, options?: ErrorOptions) {
    super(message, options)
    this.outcome = code
  }
}

export interface UserOptions {
  readonly number: number
  readonly data: unknown
  readonly memory: Map<string, unknown>
  readonly headers: Record<string, string>
  readonly random: Random
  readonly client: Client
  readonly recorder: Recorder
  /** Place of each step among the series. */
  readonly places: ReadonlyMap<string, number>
  readonly timeoutMs: number
}

/** A user as a scenario sees him. */
export function scenarioUser(options: UserOptions): ScenarioUser {
  const { number, data, memory, headers, random } = options
  const request: ScenarioUser['request'] = (step, method, path, details = {}) =>
    exchange(options, { step, method, path, details })
  return {
    number,
    data,
    memory,
    headers,
    random,
    request,
    get: (step, path, details) => request(step, 'GET', path, details),
    post: (step, path, json, details) => request(step, 'POST', path, { ...details, json }),
    check: (what, holds) => {
      if (!holds) throw new StepFailure(`${what}: did not hold`, outcome.check)
    },
  }
}

interface Step {
  readonly step: string
  readonly method: string
  readonly path: string
  readonly details: StepRequest
}

async function exchange(
  options: UserOptions,
  { step, method, path, details }: Step,
): Promise<StepAnswer> {
  const series = options.places.get(step)
  if (series === undefined) throw new RangeError(`expected a step of the scenario, found ${step}`)
  const { client, timeoutMs, recorder } = options
  const sentUs = nowUs()
  const ended = (code: OutcomeCode, status: number, bytes: number): void =>
    recorder.measured({ series, dueUs: sentUs, sentUs, code, status, bytes }, nowUs())
  try {
    const answer = await ask(client, {
      method,
      path,
      headers: { ...options.headers, ...contentType(details), ...details.headers },
      body: details.json === undefined ? (details.body ?? null) : JSON.stringify(details.json),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    })
    const { status, text } = answer
    const expected = details.statuses?.includes(status) ?? (status >= 200 && status < 400)
    ended(expected ? outcome.ok : outcome.status, status, text.length)
    if (!expected) throw new StepFailure(`${step}: status ${status}`, outcome.status)
    return { status, headers: answer.headers, text, json: () => JSON.parse(text) as unknown }
  } catch (error) {
    if (error instanceof StepFailure) throw error
    const code = codeOf(error)
    ended(code, 0, 0)
    throw new StepFailure(`${step}: no answer`, code, { cause: error })
  }
}

function contentType({ json }: StepRequest): Record<string, string> {
  return json === undefined ? {} : { 'content-type': 'application/json' }
}

function codeOf(error: unknown): OutcomeCode {
  const { code = '' } = error as { code?: string }
  if (code.includes('TIMEOUT')) return outcome.timeout
  return code.startsWith('HPE_') ? outcome.malformed : outcome.connection
}
