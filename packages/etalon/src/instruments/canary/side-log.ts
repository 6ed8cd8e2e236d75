import type { Count } from '../../kernel/statistics/distribution.ts'

/** One of the two revisions behind the proxy. */
export type SideName = 'stable' | 'candidate'

/** What became of a request; `none` is one that got no whole answer. */
export type AnswerClass = '1xx' | '2xx' | '3xx' | '4xx' | '5xx' | 'none'

/** How a request ended at a side. */
export interface Answer {
  /** `undefined` when no whole answer came. */
  readonly status: number | undefined
  /** From the arrival of the request to the last byte of its answer. */
  readonly latencyMs: number
}

/** What one side did so far in one step. */
export interface SideSample {
  readonly requests: number
  readonly answers: Readonly<Record<AnswerClass, number>>
  /** Of the requests that did not fail, to three digits. */
  readonly latenciesMs: readonly Count[]
  /** Clients that could be told apart. */
  readonly clients: number
}

/** Gathers what one side does in one step. Its size does not grow with the number of requests. */
export interface SideLog {
  /** Requests that have ended. */
  readonly requests: number
  /** A request goes to the side; gives what to tell about it. */
  begin(client: string | undefined): OpenRequest
  sample(): SideSample
  /** Gives a question to ask later: does any request that waits now for an answer still wait? */
  stillWaiting(): () => boolean
}

export interface OpenRequest {
  /** Its answer has begun. */
  answered(): void
  /** It ended: with an answer, without one, or (`undefined`) because the client went away. */
  end(answer: Answer | undefined): void
}

/** Clients beyond this many are not told apart any more. */
const clientsMax = 100_000

/** Opens the log of a side for a step. */
export function openSideLog(): SideLog {
  const answers = { '1xx': 0, '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, none: 0 }
  const latencies = new Map<number, number>()
  const clients = new Set<string>()
  const waiting = new Set<OpenRequest>()
  let requests = 0

  const count = ({ status, latencyMs }: Answer): void => {
    requests += 1
    answers[classOf(status)] += 1
    if (isFailed(status)) return
    const rounded = Number(Math.max(latencyMs, 0.001).toPrecision(3))
    latencies.set(rounded, (latencies.get(rounded) ?? 0) + 1)
  }
  return {
    get requests() {
      return requests
    },
    begin: (client) => {
      if (client !== undefined && clients.size < clientsMax) clients.add(client)
      const request: OpenRequest = {
        answered: () => void waiting.delete(request),
        end: (answer) => {
          waiting.delete(request)
          if (answer) count(answer)
        },
      }
      waiting.add(request)
      return request
    },
    sample: () => ({
      requests,
      answers: { ...answers },
      latenciesMs: Array.from(latencies, ([value, times]) => ({ value, count: times })),
      clients: clients.size,
    }),
    stillWaiting: () => {
      const then = [...waiting]
      return () => then.some((request) => waiting.has(request))
    },
  }
}

function isFailed(status: number | undefined): boolean {
  return status === undefined || status >= 500
}

function classOf(status: number | undefined): AnswerClass {
  if (status === undefined) return 'none'
  const hundreds = Math.floor(status / 100)
  return hundreds >= 1 && hundreds <= 5 ? (`${hundreds}xx` as AnswerClass) : 'none'
}
