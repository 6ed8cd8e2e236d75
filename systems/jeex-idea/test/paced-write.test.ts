import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pacedWrite } from '../src/paced-write.ts'

const text = 'x'.repeat(262_144)
/** More than what systems hold for a connection. */
const texts = 200

let server: Server
let response: ServerResponse
let caller: Socket

beforeEach(async () => {
  server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  caller = connect((server.address() as AddressInfo).port, '127.0.0.1')
  caller.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n')
  const [, answer] = (await once(server, 'request')) as [unknown, ServerResponse]
  response = answer
})

afterEach(() => {
  caller.destroy()
  server.close()
})

test('who reads is sent everything', async () => {
  let received = 0
  caller.on('data', (bytes) => (received += bytes.length))
  const patience = { patienceMs: 30_000, signal: new AbortController().signal }
  for (let sent = 0; sent < texts; sent += 1) await pacedWrite(response, text, patience)
  response.end()
  await expect.poll(() => received, { timeout: 30_000 }).toBeGreaterThan(texts * text.length)
})

test('little waits for who does not read, and he is let go', async () => {
  const patience = { patienceMs: 20, signal: new AbortController().signal }
  let waiting = 0
  for (let sent = 0; sent < texts && !response.destroyed; sent += 1) {
    await pacedWrite(response, text, patience)
    waiting = Math.max(waiting, response.writableLength)
  }
  expect(response.destroyed).toBe(true)
  expect(waiting).toBeLessThan(2 * text.length)
})

test('nobody is waited for at the end', async () => {
  const patience = { patienceMs: 30_000, signal: AbortSignal.abort() }
  for (let sent = 0; sent < texts; sent += 1) await pacedWrite(response, text, patience)
  expect(response.destroyed).toBe(true)
})
