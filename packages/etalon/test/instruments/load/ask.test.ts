import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Client } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from '../../../src/instruments/load/full/ask.ts'

let server: Server
let client: Client

beforeAll(async () => {
  server = createServer((request, response) => {
    switch (request.url ?? '') {
      case '/pieces': {
        const bytes = Buffer.from('\uFEFFgrüße')
        response.write(bytes.subarray(0, 6))
        // The second part of a letter comes in a piece of its own.
        response.end(bytes.subarray(6))
        break
      }
      case '/interim':
        response.writeEarlyHints({ link: '</a.css>; rel=preload' })
        response.writeHead(201, { 'x-made': 'yes' }).end()
        break
      case '/cut':
        response.writeHead(200, { 'content-length': 10 })
        response.write('half', () => response.destroy())
        break
      case '/sent':
        request.pipe(response)
        break
      default:
      // Never answered.
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  client = new Client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})

afterAll(async () => {
  await client.destroy()
  server.closeAllConnections()
  server.close()
})

const get = (path: string) => ask(client, { method: 'GET', path })

test('an answer is whole, in however many pieces it comes', async () => {
  expect(await get('/pieces')).toMatchObject({ status: 200, text: 'grüße' })
})

test('an interim response is not the answer', async () => {
  const answer = await get('/interim')
  expect(answer).toMatchObject({ status: 201, text: '' })
  expect(answer.headers).toMatchObject({ 'x-made': 'yes' })
  expect(answer.headers).not.toHaveProperty('link')
})

test('what is sent arrives', async () => {
  const sent = { method: 'POST', path: '/sent', body: '{"a":1}' } as const
  expect((await ask(client, sent)).text).toBe('{"a":1}')
})

test('an answer that is cut, or never comes, is none', async () => {
  await expect(get('/cut')).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' })
  const never = ask(client, { method: 'GET', path: '/never', headersTimeout: 50 })
  await expect(never).rejects.toMatchObject({ code: 'UND_ERR_HEADERS_TIMEOUT' })
})

test('a client that is destroyed answers nothing', async () => {
  const other = new Client('http://127.0.0.1:1')
  await other.destroy()
  await expect(ask(other, { method: 'GET', path: '/' })).rejects.toThrow(/destroyed/)
})
