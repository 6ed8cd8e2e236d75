import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** How the shop breaks its own document. */
export type ShopFault =
  | 'crashes on a word'
  | 'adds a field'
  | 'answers text'
  | 'answers a teapot'
  | 'refuses five'
  | 'takes anything'
  | 'asks for no token'
  | 'trims'
  | 'hangs up'
  | 'takes what it hides'
  | 'refers to nothing'

export interface Shop {
  readonly url: string
  /** Bodies and targets of all requests, in order. */
  readonly asked: string[]
  stop(): Promise<void>
}

export const token = { authorization: 'Bearer shop' }

/** A service of two operations that keeps its OpenAPI document, but for one fault. */
export async function openShop(fault?: ShopFault): Promise<Shop> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    void answer(request, response, { fault, asked })
  })
  // A connection that is idle for long is not closed under who is about to use it.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked, stop: () => stop(server) }
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

interface Circumstances {
  readonly fault: ShopFault | undefined
  readonly asked: string[]
}

interface Toy {
  readonly name: string
  readonly count?: number
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { fault, asked }: Circumstances,
): Promise<void> {
  const body = await text(request)
  asked.push(`${request.method} ${request.url} ${body}`)
  const send = (status: number, value: unknown, type = 'application/json'): void => {
    response.writeHead(status, { 'content-type': type })
    response.end(type === 'application/json' ? JSON.stringify(value) : String(value))
  }
  const refuse = (status: number): void => send(status, { error: 'no' })
  const [path] = (request.url ?? '').split('?')
  if (path === '/openapi.json') return send(200, documentOf(fault))
  if (path === '/toys' && request.method === 'PUT' && fault === 'takes what it hides') {
    return send(200, {})
  }
  const isKnown = path === '/toys' || path?.startsWith('/toys/')
  if (!isKnown || !['GET', 'POST'].includes(request.method ?? '')) return refuse(404)
  if (request.method === 'POST' && path !== '/toys') return refuse(405)
  if (request.method === 'GET' && path === '/toys') return refuse(405)
  if (request.headers.authorization !== token.authorization && fault !== 'asks for no token') {
    return refuse(401)
  }
  if (request.method === 'GET') {
    const id = path?.slice('/toys/'.length) ?? ''
    if (!/^\d{1,6}$/.test(id)) return refuse(422)
    if (fault === 'answers a teapot') return refuse(418)
    return send(200, { name: 'bear', count: 1 })
  }
  const toy = fault === 'takes anything' ? { name: 'any' } : toyIn(request, body)
  if (typeof toy === 'number') return refuse(toy)
  if (fault === 'hangs up' && toy.count === 7) return void request.socket.destroy()
  if (fault === 'crashes on a word' && toy.name.includes('or')) return refuse(500)
  if (fault === 'refuses five' && toy.count === 5) return refuse(422)
  if (fault === 'answers text') return send(201, toy.name, 'text/plain')
  if (fault === 'adds a field') return send(201, { ...toy, secret: 1 })
  return send(201, fault === 'trims' ? { ...toy, name: toy.name.trim() } : toy)
}

/** A toy, or the status that it is refused with. */
function toyIn(request: IncomingMessage, body: string): Toy | number {
  if (request.headers['content-type'] !== 'application/json') return 415
  try {
    const { name, count, ...others } = JSON.parse(body) as Toy
    const isWhole = count === undefined || (Number.isInteger(count) && count >= 1 && count <= 9)
    const isName = typeof name === 'string' && Array.from(name).length <= 30
    const fits = isName && isWhole && Object.keys(others).length === 0
    if (!fits || name.includes('\0') || !name.isWellFormed()) return 422
    return count === undefined ? { name } : { name, count }
  } catch {
    return 400
  }
}

function documentOf(fault: ShopFault | undefined): object {
  const toy = {
    type: 'object',
    required: ['name'],
    additionalProperties: false,
    properties: {
      name: { type: 'string', maxLength: 30 },
      count: { type: 'integer', minimum: 1, maximum: 9 },
    },
  }
  const json = (schema: object): object => ({ content: { 'application/json': { schema } } })
  const failure = json({ type: 'object', properties: { error: { type: 'string' } } })
  const id = { type: 'integer', minimum: 0, maximum: 999_999 }
  const gone = fault === 'refers to nothing' ? 'Nothing' : 'Toy'
  return {
    openapi: '3.1.0',
    components: { schemas: { Toy: toy } },
    paths: {
      '/toys': {
        post: {
          security: [{ bearer: [] }],
          requestBody: { required: true, ...json({ $ref: '#/components/schemas/Toy' }) },
          responses: { 201: json({ $ref: `#/components/schemas/${gone}` }), default: failure },
        },
      },
      '/toys/{id}': {
        get: {
          security: [{ bearer: [] }],
          parameters: [{ name: 'id', in: 'path', required: true, schema: id }],
          responses: { 200: json(toy), default: failure },
        },
      },
    },
  }
}
