import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBrowserBinary } from '../../../src/environment/browser-binary.ts'
import { createBrowser, createBrowserEngine } from '../../../src/instruments/browser/index.ts'
import { plainSession } from '../../../src/instruments/plain-session.ts'

const engine = createBrowserEngine(findBrowserBinary)
const held: ServerResponse[] = []
let server: Server
let baseUrl: string

const page = (script: string): string =>
  `<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1><script>${script}</script></html>`

beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html')
    switch (request.url ?? '') {
      case '/still':
        return response.end(page(''))
      case '/waits':
        return response.end(page("fetch('/data').then(() => (document.title = 'There'))"))
      case '/told':
        return response.end(page("new EventSource('/events')"))
      case '/events':
        return response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': here\n\n')
      default:
        return held.push(response)
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  await engine.stop()
  server.closeAllConnections()
  server.close()
})

test('a page is interactive when what it asked for is there', async () => {
  const browser = createBrowser({ baseUrl, session: plainSession(), engine })
  const waiting = await browser.page()
  await waiting.goto('/waits', { waitUntil: 'domcontentloaded' })
  const vitals = browser.vitals(waiting)
  // By its own observation it is quiet long before it is answered.
  await waiting.waitForFunction(() => performance.now() > 2_500)
  const answeredAtMs = await waiting.evaluate(() => performance.now())
  for (const response of held) response.end('{}')
  expect((await vitals).ttiMs).toBeGreaterThanOrEqual(answeredAtMs)
  await browser.close(false)
})

test.each(['/still', '/told'])('%s is interactive with nothing under way', async (path) => {
  const browser = createBrowser({ baseUrl, session: plainSession(), engine })
  const quiet = await browser.page()
  await quiet.goto(path)
  const { fcpMs, ttiMs } = await browser.vitals(quiet)
  expect(ttiMs).toBeGreaterThanOrEqual(fcpMs)
  await browser.close(false)
})
