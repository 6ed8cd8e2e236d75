import { createLatencySlices, type LatencySlices } from './latency-slices.ts'

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
  /** Clients that could be told apart. */
  readonly clients: number
}

/** Gathers what one side does in one step. Its size does not grow with the number of requests. */
export interface SideLog {
  /** Requests that have ended. */
  readonly requests: number
  /** A request goes to the side; gives what to tell about it. */
  begin(client: string | undefined): OpenRequest
  /** Of the requests that did not fail. */
  readonly latencies: LatencySlices
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

/**
 * Opens the log of a side for a step.
 *
 * @param startedAtMs when the step began, on the monotonic clock
 * @param warmUp so many answers at first have no latency that counts
 */
export function openSideLog(startedAtMs: number, warmUp: number): SideLog {
  const answers = { '1xx': 0, '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, none: 0 }
  const latencies = createLatencySlices(startedAtMs)
  const clients = new Set<string>()
  const waiting = new Set<OpenRequest>()
  let requests = 0

  const count = ({ status, latencyMs }: Answer): void => {
    requests += 1
    answers[classOf(status)] += 1
    if (!isFailed(status) && requests > warmUp) latencies.add(latencyMs)
  }
  return {
    get requests() {
      return requests
    },
    latencies,
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
