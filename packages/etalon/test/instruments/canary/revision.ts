import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { Pool } from 'undici'
import type { CanaryTraffic } from '../../../src/instruments/canary/index.ts'
import { random } from '../../../src/kernel/random.ts'

/** A revision of a service: a real server whose faults are known. */
export interface Revision {
  readonly url: string
  readonly requests: readonly IncomingMessage[]
  stop(): Promise<void>
}

export interface RevisionOptions {
  /** Waits this long before each answer, times 0.75 to 1.25. */
  readonly latencyMs?: number
  /** Share of requests answered with `status`. */
  readonly failing?: { readonly share: number; readonly status: number }
  /** Ends its process as one does that dies: every connection is reset after so many requests. */
  readonly diesAfter?: number
  readonly answer?: (request: IncomingMessage, response: ServerResponse) => void
}

/** Starts a revision. */
export async function startRevision(options: RevisionOptions = {}): Promise<Revision> {
  const source = random('revision')
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => void handle(request, response))
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests.push(request)
    if (options.diesAfter !== undefined && requests.length > options.diesAfter) {
      server.close()
      server.closeAllConnections()
      return
    }
    if (options.answer) {
      options.answer(request, response)
      return
    }
    const { latencyMs = 4, failing } = options
    const status = source.fraction() < (failing?.share ?? 0) ? failing?.status : 200
    await delay(latencyMs * (0.75 + source.fraction() / 2))
    response.writeHead(status ?? 200, { 'content-type': 'application/json' })
    response.end('{"answer":42}')
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: async () => {
      server.closeAllConnections()
      if (server.listening) await once(server.close(), 'close')
    },
  }
}

/** What clients of a rollout saw. */
export interface Seen {
  /** Answers by side and status, such as `stable 200`; `lost` for a request without any. */
  readonly answers: Map<string, number>
  /** The sides that each client met, in order and without repetition. */
  readonly sides: Map<string, string[]>
}

/** Clients that send one request after another, at most so many at once. */
export async function drive(
  { url, signal }: CanaryTraffic,
  { clients = 200, atOnce = 24 } = {},
): Promise<Seen> {
  const seen: Seen = { answers: new Map(), sides: new Map() }
  const pool = new Pool(url)
  let next = 0
  const one = async (): Promise<void> => {
    while (!signal.aborted) {
      next += 1
      const client = `client-${next % clients}`
      const key = await answerOf(pool, client)
      seen.answers.set(key, (seen.answers.get(key) ?? 0) + 1)
      const sides = seen.sides.get(client) ?? []
      const [side = ''] = key.split(' ')
      if (sides.at(-1) !== side) sides.push(side)
      seen.sides.set(client, sides)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  await pool.close()
  return seen
}

async function answerOf(pool: Pool, client: string): Promise<string> {
  try {
    const headers = { authorization: `Bearer ${client}` }
    const answer = await pool.request({ method: 'GET', path: '/', headers })
    await answer.body.dump()
    return `${String(answer.headers['etalon-canary'])} ${answer.statusCode}`
  } catch {
    return 'lost'
  }
}
