import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBrowserBinary } from '../../../src/environment/browser-binary.ts'
import { createBrowser, createBrowserEngine } from '../../../src/instruments/browser/index.ts'
import { plainSession } from '../../../src/instruments/plain-session.ts'

const engine = createBrowserEngine(findBrowserBinary)
let server: Server
let baseUrl: string

beforeAll(async () => {
  server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1></html>')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  await engine.stop()
  server.close()
})

test('growth over too few rounds is refused, rather than none', async () => {
  const browser = createBrowser({ baseUrl, session: plainSession(), engine })
  const page = await browser.page()
  const growth = browser.memoryGrowth(page, 2, () => page.reload())
  await expect(growth).rejects.toThrow('expected at least 3 rounds, found 2')
  const { heapBytes, bytesPerRound } = await browser.memoryGrowth(page, 3, () => page.reload())
  const [, second = 0, third = 0] = heapBytes
  expect(bytesPerRound).toBe(third - second)
  await browser.close(false)
})

const never = (): Promise<never> => new Promise(() => {})

test('a step that never ends is given up, on a page and on an element found through it', async () => {
  const session = plainSession()
  const patient = createBrowser({ baseUrl, session, engine })
  const page = await patient.page()
  await page.goto('/')
  const heading = page.locator('html').getByRole('heading').first()
  expect(await heading.evaluate(({ textContent }) => textContent)).toBe('Shop')
  await page.keyboard.press('Tab')

  const hasty = createBrowser({ baseUrl, session, engine, stepMsMax: 5_000 })
  const other = await hasty.page()
  const html = other.locator('html')
  const endless = { code: 'ETALON_BROWSER_STEP_ENDLESS' }
  await Promise.all([
    expect(other.evaluate(never)).rejects.toMatchObject(endless),
    expect(html.first().evaluate(never)).rejects.toMatchObject(endless),
    expect(html.evaluateAll(never)).rejects.toMatchObject(endless),
    // What Playwright limits itself says what it waited for.
    expect(other.getByText('nothing').waitFor()).rejects.toThrow('locator.waitFor: Timeout'),
  ])
  await Promise.all([patient.close(false), hasty.close(false)])
}, 60_000)
