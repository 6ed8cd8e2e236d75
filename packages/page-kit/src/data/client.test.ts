import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ApiError, createClient, type Client } from './client.ts'

const refusal = {
  error: { code: 'TOY_SOLD_OUT', message: 'Sold out', hint: 'Come back', requestId: 'r-1' },
}
const signedOut = vi.fn<() => void>()
let server: Server
let client: Client

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url?.split('?')[0]
    const answer = (status: number, body: string): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body)
    }
    if (path === '/api/refused') return answer(409, JSON.stringify(refusal))
    if (path === '/api/tied') {
      return answer(500, JSON.stringify({ error: { code: 'TOY', correlation_id: 'c-1' } }))
    }
    if (path === '/api/nobody') {
      return answer(401, JSON.stringify({ error: { code: 'TOY_UNAUTHENTICATED', message: 'No' } }))
    }
    if (path === '/api/broken') return answer(502, '<html>')
    if (path === '/api/nothing') return response.writeHead(204).end()
    const { method, url, headers } = request
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => answer(200, JSON.stringify({ method, url, headers, body })))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  client = createClient(`http://127.0.0.1:${port}/api`, signedOut)
})

afterAll(() => server.close())

const failureOf = async (path: string): Promise<ApiError> => {
  const error: unknown = await client.get(path).catch((thrown: unknown) => thrown)
  if (error instanceof ApiError) return error
  throw new Error('It did not fail')
}

describe('the client', () => {
  test('leaves out what a query does not ask for', async () => {
    const { url } = await client.get<{ url: string }>('/toys', {
      page: 2,
      search: '',
      kind: undefined,
    })
    expect(url).toBe('/api/toys?page=2')
  })

  test('sends a body as JSON, and the key of an intention', async () => {
    const sent = await client.send<{ body: string; headers: Record<string, string> }>(
      'POST',
      '/toys',
      { body: { name: 'bear' }, idempotencyKey: 'k-1' },
    )
    expect(JSON.parse(sent.body)).toEqual({ name: 'bear' })
    expect(sent.headers['content-type']).toBe('application/json')
    expect(sent.headers['idempotency-key']).toBe('k-1')
  })

  test('knows the id of a request by either name', async () => {
    expect(await failureOf('/refused')).toMatchObject({ requestId: 'r-1' })
    expect(await failureOf('/tied')).toMatchObject({ requestId: 'c-1' })
  })

  test('says nothing of a body that it does not send', async () => {
    const { headers } = await client.send<{ headers: Record<string, string> }>('POST', '/toys')
    expect(headers['content-type']).toBeUndefined()
  })

  test('gives nothing for an answer without content', async () => {
    expect(await client.send('DELETE', '/nothing')).toBeUndefined()
  })

  test('throws what an answer of the one error shape says', async () => {
    expect(await failureOf('/refused')).toMatchObject({
      code: 'TOY_SOLD_OUT',
      status: 409,
      message: 'Sold out',
      hint: 'Come back',
      requestId: 'r-1',
    })
    expect(signedOut).not.toHaveBeenCalled()
  })

  test('notices that the session has ended', async () => {
    expect((await failureOf('/nobody')).status).toBe(401)
    expect(signedOut).toHaveBeenCalledOnce()
  })

  test('takes an answer that is no JSON for what it is', async () => {
    expect(await failureOf('/broken')).toMatchObject({ code: 'UNREADABLE', status: 502 })
  })

  test('tells that there was no answer', async () => {
    const alone = createClient('http://127.0.0.1:1/api', signedOut)
    await expect(alone.get('/toys')).rejects.toMatchObject({ code: 'NETWORK', status: 0 })
  })
})
