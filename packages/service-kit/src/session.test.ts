import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp, type App } from './app.ts'
import { closeSession, openSession, refuseCrossSite } from './session.ts'

let app: App

beforeAll(async () => {
  app = await createApp({
    system: 'TOY',
    info: { title: 'Toy shop', version: '1.0.0', description: 'Sells toys' },
    logLevel: 'silent',
    bodyLimitBytes: 1_024,
    auth: {
      secret: 'a-secret-of-at-least-32-characters',
      issuer: 'toy-shop',
      tokenLifetimeS: 60,
      findAccount: (subject) => (subject === '1' ? { role: 'ADMIN', epoch: 0 } : undefined),
    },
    rateLimit: { name: 'toy-shop', max: 1_000, windowMs: 60_000 },
    constraints: {},
    checks: {},
  })
  const anyone = { config: { access: 'public' } } as const
  const admin = { config: { access: { roles: ['ADMIN'] } } } as const
  app.post('/session', anyone, (request, reply) => {
    refuseCrossSite(request, 'allowed')
    const token = app.issueToken({ subject: '1', role: 'ADMIN', epoch: 0 })
    openSession(request, reply, { token, lifetimeS: 60 })
    return { ok: true }
  })
  app.delete('/session', anyone, (request, reply) => {
    closeSession(request, reply)
    return { ok: true }
  })
  app.get('/session', anyone, async (request) => ({
    subject: (await app.identify(request))?.subject ?? null,
  }))
  app.get('/toys', admin, () => ({ ok: true }))
  app.post('/toys', admin, () => ({ ok: true }))
  await app.ready()
})

afterAll(() => app.close())

const cookieOf = async (headers: Record<string, string> = {}): Promise<string> =>
  String((await app.inject({ method: 'POST', url: '/session', headers })).headers['set-cookie'])

const session = async (): Promise<string> => (await cookieOf()).split(';', 1)[0] ?? ''

const postToys = async (headers: Record<string, string>): Promise<number> =>
  (await app.inject({ method: 'POST', url: '/toys', headers })).statusCode

describe('a session', () => {
  test('is a cookie that neither scripts nor other sites can use', async () => {
    const set = await cookieOf()
    expect(set).toMatch(/; HttpOnly/)
    expect(set).toMatch(/; SameSite=Strict/)
    expect(set).toMatch(/; Path=\//)
    expect(set).toMatch(/Max-Age=60/)
    expect(set).not.toMatch(/Secure/)
  })

  test('is sent over secure connections only, once it was opened over one', async () => {
    expect(await cookieOf({ 'x-forwarded-proto': 'https' })).toMatch(/; Secure/)
  })

  test('lets in like the token it carries', async () => {
    const cookie = await session()
    expect((await app.inject({ url: '/toys', headers: { cookie } })).statusCode).toBe(200)
    expect((await app.inject({ url: '/toys', headers: { cookie: 'session=x' } })).statusCode).toBe(
      401,
    )
  })

  test('tells a public route who asks, if anybody', async () => {
    const cookie = await session()
    const signedIn = await app.inject({ url: '/session', headers: { cookie } })
    expect(signedIn.json()).toEqual({ subject: '1' })
    expect((await app.inject('/session')).json()).toEqual({ subject: null })
  })

  test('ends when it is closed', async () => {
    const closed = await app.inject({ method: 'DELETE', url: '/session' })
    expect(String(closed.headers['set-cookie'])).toMatch(/^session=; .*1970/)
  })

  test.each([
    ['its own page', { 'sec-fetch-site': 'same-origin' }, 200],
    ['its own page, in an older browser', { origin: 'http://toys.example' }, 200],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a site beside it', { 'sec-fetch-site': 'same-site' }, 403],
    ['another origin', { origin: 'http://evil.example' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
    ['nowhere', {}, 403],
  ])('changes something for %s: %o gives %d', async (_from, headers, status) => {
    const cookie = await session()
    expect(await postToys({ ...headers, host: 'toys.example', cookie })).toBe(status)
  })

  test('does not stand in the way of a bearer token', async () => {
    const authorization = `Bearer ${app.issueToken({ subject: '1', role: 'ADMIN', epoch: 0 })}`
    expect(await postToys({ authorization, 'sec-fetch-site': 'cross-site' })).toBe(200)
    expect(await postToys({ authorization: 'Bearer x', cookie: await session() })).toBe(401)
  })

  test('is not opened from another site', async () => {
    const headers = { origin: 'http://evil.example' }
    const answer = await app.inject({ method: 'POST', url: '/session', headers })
    expect(answer.statusCode).toBe(403)
    expect(answer.json().error.code).toBe('TOY_CROSS_SITE_REFUSED')
  })
})
