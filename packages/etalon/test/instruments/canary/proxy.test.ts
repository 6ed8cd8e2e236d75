import { once } from 'node:events'
import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { openProxy, type CanaryProxy } from '../../../src/instruments/canary/proxy.ts'
import { openSideLog, type SideLog } from '../../../src/instruments/canary/side-log.ts'
import { createSplit } from '../../../src/instruments/canary/split.ts'
import { EtalonError } from '../../../src/kernel/errors.ts'
import { random } from '../../../src/kernel/random.ts'
import { startRevision, type Revision, type RevisionOptions } from './revision.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

async function open(
  options: RevisionOptions = {},
  path = '',
): Promise<{ proxy: CanaryProxy; stable: Revision; log: SideLog }> {
  const stable = await startRevision(options)
  closing.push(() => stable.stop())
  const log = openSideLog(0, 0)
  const proxy = await openProxy({
    stable: stable.url + path,
    candidate: stable.url,
    port: 0,
    timeoutMs: 500,
    split: createSplit([], random('proxy')),
    logOf: () => log,
  })
  closing.push(() => proxy.close())
  return { proxy, stable, log }
}

test('a request goes on with its body, path and headers, but those of the connection', async () => {
  const bodies: string[] = []
  const answer: RevisionOptions['answer'] = (asked, response) => {
    void collect(asked).then((body) => {
      bodies.push(body)
      response.writeHead(201, { 'x-answer': 'yes', connection: 'x-private', 'x-private': 'no' })
      response.end('done')
    })
  }
  const { proxy, stable } = await open({ answer }, '/base/')
  const sent = request(`${proxy.url}/path?x=%20y`, {
    method: 'POST',
    headers: {
      'content-type': 'text/plain',
      'x-own': ['1', '2'],
      'x-hop': 'no',
      connection: 'x-hop',
      'x-forwarded-for': '10.0.0.9',
    },
  })
  sent.write('one ')
  sent.end('two')
  const [answered] = (await once(sent, 'response')) as [IncomingMessage]
  expect(await collect(answered)).toBe('done')
  expect(answered.statusCode).toBe(201)
  expect(answered.headers).toMatchObject({ 'x-answer': 'yes', 'etalon-canary': 'stable' })
  expect(answered.headers['x-private']).toBeUndefined()
  const seen = stable.requests.at(-1)
  expect(bodies.at(-1)).toBe('one two')
  expect(seen?.url).toBe('/base/path?x=%20y')
  expect(seen?.headers['x-own']).toBe('1, 2')
  expect(seen?.headers['x-hop']).toBeUndefined()
  expect(seen?.headers['x-forwarded-for']).toMatch(/^10\.0\.0\.9, .*127\.0\.0\.1$/)
  expect(seen?.headers['x-forwarded-host']).toBe(new URL(proxy.url).host)
  expect(seen?.headers.host).toBe(new URL(stable.url).host)
})

test('an answer is streamed: its first part arrives before its last is written', async () => {
  let finish = (): void => {}
  const { proxy, log } = await open({
    answer: (asked, response) => {
      response.write('first')
      if (asked.url === '/') response.end()
      finish = () => void response.end('last')
    },
  })
  const answer = await fetch(`${proxy.url}/slow`)
  const reader = answer.body?.getReader()
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('first')
  expect(log.requests).toBe(0)
  finish()
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('last')
  expect((await reader?.read())?.done).toBe(true)
})

test('no answer in time is 504 and counts as failed; a client that leaves does not', async () => {
  const { proxy, log } = await open({
    answer: (asked, response) => {
      if (asked.url === '/') response.end()
    },
  })
  expect((await fetch(`${proxy.url}/never`)).status).toBe(504)
  expect(log.sample().answers).toMatchObject({ none: 1 })
  const leaving = new AbortController()
  const asked = fetch(`${proxy.url}/left`, { signal: leaving.signal })
  const gone = expect(asked).rejects.toThrow()
  await expect.poll(() => proxy.inFlight('stable')).toBe(1)
  leaving.abort()
  await gone
  await expect.poll(() => proxy.inFlight('stable')).toBe(0)
  expect(log.requests).toBe(1)
})

test('a connection that is upgraded is joined with the revision', async () => {
  const server = createServer((_request, response) => response.end())
  server.on('upgrade', (asked, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n')
    socket.write(String(asked.headers['x-forwarded-for'] !== undefined))
    socket.pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const split = createSplit([], random('upgrade'))
  const log = openSideLog(0, 0)
  const facts = { stable: url, candidate: url, port: 0, timeoutMs: 500, split, logOf: () => log }
  const proxy = await openProxy(facts)
  const asking = request(proxy.url, { headers: { connection: 'upgrade', upgrade: 'echo' } }).end()
  const [, socket, head] = (await once(asking, 'upgrade')) as [IncomingMessage, Duplex, Buffer]
  let heard = head.toString()
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString()
  })
  socket.write('hello')
  await expect.poll(() => heard).toBe('truehello')
  await proxy.close()
  server.close()
})

test('a revision that is not there is refused before anybody is sent to it', async () => {
  const gone = await startRevision()
  await gone.stop()
  const split = createSplit([], random('gone'))
  const facts = { port: 0, timeoutMs: 500, split, logOf: () => openSideLog(0, 0) }
  const opening = openProxy({ ...facts, stable: gone.url, candidate: gone.url })
  const error = await opening.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(EtalonError)
  expect(error).toMatchObject({ code: 'ETALON_CANARY_UNREACHABLE' })
})

test('a port that is taken is told', async () => {
  const { stable, proxy } = await open()
  const split = createSplit([], random('taken'))
  const facts = { timeoutMs: 500, split, logOf: () => openSideLog(0, 0) }
  const { url } = stable
  const opening = openProxy({
    ...facts,
    stable: url,
    candidate: url,
    port: Number(new URL(proxy.url).port),
  })
  await expect(opening).rejects.toMatchObject({ code: 'ETALON_PORT_TAKEN' })
})

async function collect(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
