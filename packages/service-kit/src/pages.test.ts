import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp, type App } from './app.ts'
import { servePages } from './pages.ts'

const html = { accept: 'text/html,application/xhtml+xml' }
const folder = mkdtempSync(join(tmpdir(), 'pages-'))
const built = join(folder, 'built')
let app: App
let unbuilt: App

beforeAll(async () => {
  mkdirSync(join(built, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(built, 'index.html'), '<!doctype html><title>Toys</title>')
  writeFileSync(join(built, 'assets', 'main-1a2b.js'), 'export {}')
  app = await appWith(built)
  unbuilt = await appWith(join(folder, 'nothing'))
})

afterAll(async () => {
  await Promise.all([app.close(), unbuilt.close()])
  rmSync(folder, { recursive: true })
})

async function appWith(directory: string): Promise<App> {
  const made = await createApp({
    system: 'TOY',
    info: { title: 'Toy shop', version: '1.0.0', description: 'Sells toys' },
    logLevel: 'silent',
    bodyLimitBytes: 1_024,
    auth: {
      secret: 'a-secret-of-at-least-32-characters',
      issuer: 'toy-shop',
      tokenLifetimeS: 60,
      findAccount: () => undefined,
    },
    rateLimit: { name: 'toy-shop', max: 1_000, windowMs: 60_000 },
    constraints: {},
    checks: {},
  })
  made.post('/api/toys', { config: { access: 'public' } }, () => ({ ok: true }))
  await servePages(made, pathToFileURL(directory), 'toys')
  await made.ready()
  return made
}

test.each(['/', '/admin/health', '/verify/ABC'])('gives the document for %s', async (url) => {
  const page = await app.inject({ url, headers: html })
  expect(page.statusCode).toBe(200)
  expect(page.body).toContain('<title>Toys</title>')
  expect(page.headers['content-security-policy']).toContain("script-src 'self'")
  expect(page.headers['cache-control']).toContain('max-age=0')
})

test('gives files that never change for good, and says 304 to who has the document', async () => {
  const script = await app.inject('/assets/main-1a2b.js')
  expect(script.headers['content-type']).toContain('javascript')
  expect(script.headers['cache-control']).toContain('immutable')
  const { headers } = await app.inject({ url: '/', headers: html })
  const again = { ...html, 'if-none-match': String(headers.etag) }
  expect((await app.inject({ url: '/', headers: again })).statusCode).toBe(304)
})

test.each([
  ['an unknown endpoint', '/api/nowhere', 404],
  ['a method that an endpoint does not take', '/api/toys', 405],
  ['an unknown file', '/assets/gone.js', 404],
  ['a file outside', '/..%2fsecret.txt', 400],
])('answers %s in the one error shape', async (_what, url, status) => {
  const answer = await app.inject({ url, headers: html })
  expect(answer.statusCode).toBe(status)
  expect(answer.json().error.code).toMatch(/^TOY_/)
})

test('gives programs no document', async () => {
  const answer = await app.inject({ url: '/nowhere', headers: { accept: 'application/json' } })
  expect(answer.statusCode).toBe(404)
})

test('says how to build the pages while the rest works', async () => {
  const page = await unbuilt.inject({ url: '/', headers: html })
  expect(page.statusCode).toBe(503)
  expect(page.body).toContain('npm run build -w toys')
  expect((await unbuilt.inject({ method: 'POST', url: '/api/toys' })).statusCode).toBe(200)
})
