import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** How the notebook lets one user at what is another's. */
export type Hole =
  | 'says forbidden'
  | 'says whose it is'
  | 'tells by a header'
  | 'lists all'
  | 'counts all'
  | 'shows anybody'
  | 'removes and says unknown'
  | 'asks for no token'
  | 'removes nothing'
  | 'has forgotten bob'
  | 'forgets bob later'
  | 'slows others down'
  | 'slows bob down later'
  | 'does not list for bob'

interface Note {
  readonly id: string
  readonly owner: string
  readonly words: string
}

/** A service of notes, each for its owner alone, but for one hole. */
export class Notebook {
  readonly #notes = new Map<string, Note>()
  readonly #hole: Hole | undefined
  #fromBob = 0
  readonly #server = createServer((request, response) => void this.#answer(request, response))

  constructor(hole?: Hole) {
    this.#hole = hole
  }

  async open(): Promise<string> {
    this.#server.keepAliveTimeout = 0
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve)
    })
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }

  add(owner: string, words: string): string {
    const id = crypto.randomUUID()
    this.#notes.set(id, { id, owner, words })
    return id
  }

  find(id: string): Note | undefined {
    return this.#notes.get(id)
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await text(request)
    const send = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify(body))
    }
    if (request.url === '/openapi.json') return send(200, document)
    const user = request.headers['x-user']
    if (user === 'bob') this.#fromBob += 1
    const status = this.#turnsAway(user)
    if (status !== undefined) return send(status, { error: 'not now' })
    if (typeof user !== 'string' && this.#hole !== 'asks for no token') {
      return send(401, { error: 'who are you' })
    }
    if (request.url === '/notes') return this.#list(String(user), send)
    const id = request.url?.split('/').at(-1) ?? ''
    const note = this.#notes.get(id)
    const unknown = (): void => send(404, { error: `no note ${id}` })
    if (note === undefined) return unknown()
    if (note.owner !== user) {
      if (this.#hole === 'says forbidden') return send(403, { error: `no note ${id}` })
      if (this.#hole === 'says whose it is') return send(404, { error: `no note ${id} of yours` })
      if (this.#hole === 'tells by a header') {
        return send(404, { error: `no note ${id}` }, { etag: '"1"' })
      }
      if (this.#hole === 'shows anybody' || this.#hole === 'asks for no token') {
        return send(200, note)
      }
      const removes = this.#hole === 'removes and says unknown' && request.method === 'DELETE'
      if (removes) this.#notes.delete(id)
      return unknown()
    }
    if (request.method === 'DELETE' && this.#hole === 'removes nothing') return send(409, {})
    if (request.method === 'DELETE') this.#notes.delete(id)
    send(200, note)
  }

  /** The status by which somebody is turned away, whatever he asks for. */
  #turnsAway(user: unknown): number | undefined {
    const isLater = this.#fromBob > 2
    if (this.#hole === 'slows others down' && user !== 'ann') return 429
    if (user !== 'bob') return undefined
    if (this.#hole === 'has forgotten bob') return 401
    if (this.#hole === 'forgets bob later' && isLater) return 401
    if (this.#hole === 'slows bob down later' && isLater) return 429
    return undefined
  }

  #list(user: string, send: (status: number, body: unknown) => void): void {
    if (this.#hole === 'does not list for bob' && user === 'bob') return send(403, {})
    const all = [...this.#notes.values()]
    const own = all.filter(({ owner }) => owner === user)
    const items = this.#hole === 'lists all' ? all : own
    send(200, { items, total: this.#hole === 'counts all' ? all.length : items.length })
  }
}

const answers = { responses: { 200: {} } }
const document = {
  openapi: '3.1.0',
  paths: { '/notes': { get: answers }, '/notes/{id}': { get: answers, delete: answers } },
}
