import type { App } from 'service-kit'
import { AnswerWindow } from './answer-window.ts'
import { TimingWindow } from './timing-window.ts'

/** A statement that took long. */
export interface SlowQuery {
  readonly name: string
  readonly duration_ms: number
  readonly at: Date
}

const slowMax = 50
const refusalCode = 'JEEX_OVERLOADED'

/** Measures what the process does: statements, answers, users. */
export class Measure {
  readonly queries: TimingWindow
  readonly requests: TimingWindow
  readonly answers: AnswerWindow
  readonly #windowMs: number
  readonly #slowMs: number
  readonly #slow: SlowQuery[] = []

  constructor(windowMs: number, slowMs: number) {
    this.queries = new TimingWindow(windowMs)
    this.requests = new TimingWindow(windowMs)
    this.answers = new AnswerWindow(windowMs)
    this.#windowMs = windowMs
    this.#slowMs = slowMs
  }

  onStatement(name: string, durationMs: number): void {
    this.queries.add(durationMs)
    if (durationMs < this.#slowMs) return
    this.#slow.unshift({ name, duration_ms: durationMs, at: new Date() })
    this.#slow.splice(slowMax)
  }

  /** The slow statements of the window, the latest first. */
  get slowQueries(): SlowQuery[] {
    const since = Date.now() - this.#windowMs
    return this.#slow.filter(({ at }) => at.getTime() > since)
  }

  /** Counts every answer but those to probes and to the monitor itself; refusals are told apart. */
  watch(app: App): void {
    app.addHook('onResponse', (request, reply, done) => {
      const isOwn = /^\/(health|ready|metrics|database)\b/.test(request.url)
      if (!isOwn) {
        const isRefusal = reply.statusCode === 503 && reply.getHeader('x-overload') === 'true'
        this.answers.add(reply.statusCode, isRefusal, request.identity?.subject)
        this.requests.add(reply.elapsedTime)
      }
      done()
    })
    app.addHook('onSend', (_request, reply, payload, done) => {
      const isRefusal =
        reply.statusCode === 503 && typeof payload === 'string' && payload.includes(refusalCode)
      if (isRefusal) reply.header('x-overload', 'true')
      done(null, payload)
    })
  }
}
