import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createApp, type App, type AppOptions } from './app.ts'
import type { Account } from './auth.ts'
import { errorsFrom } from './errors.ts'
import { idText, text } from './field.ts'

const whole = { sub: '1', epoch: 0, auth_time: 0 }
const secret = 'a-secret-of-at-least-32-characters'
const fail = errorsFrom({ TOY_SOLD_OUT: { status: 409, message: 'Sold out', hint: 'Come back' } })

const accounts: Record<string, Account> = {
  '1': { role: 'ADMIN', epoch: 0 },
  '2': { role: 'CHILD', epoch: 0 },
}

const options: AppOptions = {
  system: 'TOY',
  info: { title: 'Toy shop', version: '1.0.0', description: 'Sells toys' },
  logLevel: 'silent',
  bodyLimitBytes: 1_024,
  auth: {
    secret,
    issuer: 'toy-shop',
    tokenLifetimeS: 60,
    findAccount: (subject) => accounts[subject],
  },
  rateLimit: { name: 'toy-shop', max: 1_000, windowMs: 60_000 },
  constraints: { toys_name_key: () => fail('TOY_SOLD_OUT') },
  checks: { shelf: () => Promise.resolve() },
}

function addRoutes(app: App): void {
  const toy = z.object({ name: z.string(), made_at: z.date(), owner: z.string().nullable() })
  const maker = z.object({ name: z.string() }).nullable()
  app.get(
    '/toys/:id',
    {
      config: { access: 'public' },
      schema: { params: z.strictObject({ id: idText }), response: { 200: toy } },
    },
    () => ({ name: 'bear', made_at: new Date(0), owner: null, secret: 'stuffing' }),
  )
  app.get(
    '/makers/:id',
    { config: { access: 'public' }, schema: { response: { 200: z.object({ maker }) } } },
    () => ({ maker: { name: 'Steiff', secret: 'sawdust' } }),
  )
  app.post(
    '/toys/:id/mend',
    { config: { access: 'public' }, schema: { body: z.strictObject({}).optional() } },
    () => ({ ok: true }),
  )
  app.post(
    '/toys',
    {
      config: { access: { roles: ['ADMIN'] } },
      schema: { body: z.strictObject({ name: text({ max: 10 }) }) },
    },
    ({ body }) => {
      if (body.name === 'gone') throw fail('TOY_SOLD_OUT', { left: 0 })
      if (body.name === 'taken') {
        throw Object.assign(new Error('duplicate key'), {
          code: '23505',
          constraint: 'toys_name_key',
        })
      }
      if (body.name === 'broken') throw new Error('the secret password is 1234')
      return { ok: true }
    },
  )
}

describe('an app', () => {
  let app: App
  let admin: Record<string, string>

  beforeAll(async () => {
    app = await createApp(options)
    addRoutes(app)
    await app.ready()
    admin = bearer(app.issueToken({ subject: '1', role: 'ADMIN', epoch: 0 }))
  })

  afterAll(() => app.close())

  const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` })
  const post = (payload: unknown, headers: Record<string, string> = admin) =>
    app.inject({ method: 'POST', url: '/toys', headers, payload: payload as object })
  const codeOf = async (answer: Promise<{ json(): { error: { code: string } } }>) =>
    (await answer).json().error.code

  test('sends what the schema names and nothing else', async () => {
    const answer = await app.inject('/toys/7')
    expect(answer.json()).toEqual({
      name: 'bear',
      made_at: '1970-01-01T00:00:00.000Z',
      owner: null,
    })
  })

  test('does so also where there may be nothing', async () => {
    expect((await app.inject('/makers/7')).json()).toEqual({ maker: { name: 'Steiff' } })
  })

  test('answers every failure in one shape', async () => {
    const answer = await post({ name: 'gone' })
    expect(answer.statusCode).toBe(409)
    expect(answer.json()).toEqual({
      error: {
        code: 'TOY_SOLD_OUT',
        message: 'Sold out',
        hint: 'Come back',
        details: { left: 0 },
        requestId: answer.headers['x-request-id'],
      },
    })
  })

  test('names each field that is wrong, and each that it does not know', async () => {
    const answer = await post({ name: '', colour: 'red' })
    expect(answer.statusCode).toBe(422)
    expect(answer.json().error.details.map((problem: { path: string }) => problem.path)).toEqual([
      'body.name',
      'body.colour',
    ])
  })

  test.each([
    ['no body', undefined, 422],
    ['a NUL', { name: 'a\0' }, 422],
    ['half a surrogate pair', { name: '\ud800' }, 422],
    ['a body that is too large', { name: 'x'.repeat(2_000) }, 413],
  ])('refuses %s', async (_what, payload, status) => {
    expect((await post(payload)).statusCode).toBe(status)
  })

  test('tells a body that is null from none', async () => {
    const mend = (payload?: string) =>
      app.inject({
        method: 'POST',
        url: '/toys/7/mend',
        ...(payload === undefined
          ? {}
          : { payload, headers: { 'content-type': 'application/json' } }),
      })
    expect((await mend()).statusCode).toBe(200)
    expect((await mend('null')).statusCode).toBe(422)
  })

  test('refuses broken JSON and other content types', async () => {
    const send = async (type: string) =>
      app.inject({
        method: 'POST',
        url: '/toys',
        headers: { ...admin, 'content-type': type },
        payload: '{"name"',
      })
    expect((await send('application/json')).statusCode).toBe(400)
    expect((await send('text/plain')).statusCode).toBe(415)
  })

  test('tells an unknown path from a method that the path does not take', async () => {
    expect((await app.inject('/nowhere')).statusCode).toBe(404)
    const answer = await app.inject({ method: 'DELETE', url: '/toys/7' })
    expect(answer.statusCode).toBe(405)
    expect(answer.headers.allow).toContain('GET')
  })

  test.each([
    ['a URL that is none', '/toys/%zz'],
    ['a part of a path that is too long', `/toys/${'7'.repeat(201)}`],
  ])('refuses %s in the same shape, with the same headers', async (_what, url) => {
    const answer = await app.inject({ url, headers: { 'x-request-id': 'order-7' } })
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error).toMatchObject({
      code: 'TOY_MALFORMED_REQUEST',
      requestId: 'order-7',
    })
    expect(answer.headers).toMatchObject({
      'x-request-id': 'order-7',
      'x-content-type-options': 'nosniff',
    })
  })

  test('gives the error of a violated constraint', async () => {
    expect(await codeOf(post({ name: 'taken' }))).toBe('TOY_SOLD_OUT')
  })

  test('keeps the cause of a defect to itself', async () => {
    const answer = await post({ name: 'broken' })
    expect(answer.statusCode).toBe(500)
    expect(answer.json().error.code).toBe('TOY_INTERNAL')
    expect(answer.body).not.toContain('1234')
  })

  test('lets in who has the role, and no one else', async () => {
    expect((await post({ name: 'car' })).statusCode).toBe(200)
    const child = bearer(app.issueToken({ subject: '2', role: 'ADMIN', epoch: 0 }))
    expect((await post({ name: 'car' }, child)).statusCode).toBe(403)
    const gone = bearer(app.issueToken({ subject: '3', role: 'ADMIN', epoch: 0 }))
    expect((await post({ name: 'car' }, gone)).statusCode).toBe(401)
    expect((await post({ name: 'car' }, {})).statusCode).toBe(401)
    expect((await post({ name: 'car' }, bearer(app.jwt.sign(whole)))).statusCode).toBe(200)
  })

  test.each([
    ['a changed signature', () => `${app.issueToken({ subject: '1', role: 'ADMIN', epoch: 0 })}x`],
    ['no signature', () => `${encode({ alg: 'none' })}.${encode({ sub: '1' })}.`],
    ['another issuer', () => app.jwt.sign(whole, { iss: 'somebody-else' })],
    ['an expiry in the past', () => app.jwt.sign(whole, { expiresIn: -1_000 })],
    ['an epoch that is over', () => app.jwt.sign({ ...whole, epoch: -1 })],
    ['an epoch to come', () => app.jwt.sign({ ...whole, epoch: 1 })],
    ['an epoch in words', () => app.jwt.sign({ ...whole, epoch: '0' })],
    ['no epoch', () => app.jwt.sign({ sub: '1', auth_time: 0 })],
    ['no time of signing in', () => app.jwt.sign({ sub: '1', epoch: 0 })],
  ])('knows nobody by a token with %s', async (_what, token) => {
    expect((await post({ name: 'car' }, bearer(token()))).statusCode).toBe(401)
  })

  test('keeps a request id that is a plain word', async () => {
    const ask = async (id: string) =>
      (await app.inject({ url: '/toys/7', headers: { 'x-request-id': id } })).headers[
        'x-request-id'
      ]
    expect(await ask('order-7')).toBe('order-7')
    expect(await ask('a b\tc')).not.toBe('a b\tc')
  })

  test('sends safe headers', async () => {
    const { headers } = await app.inject('/toys/7')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  test('serves an API page that names no other host', async () => {
    const page = await app.inject('/docs/')
    expect(page.statusCode).toBe(200)
    expect(page.body).not.toMatch(/https?:\/\//)
    expect(page.headers['content-security-policy']).toContain('sha256-')
    expect((await app.inject('/docs')).headers.location).toBe('/docs/')
    const script = await app.inject('/docs/js/scalar.js')
    expect(script.headers['content-type']).toContain('javascript')
    expect((await app.inject('/docs/nothing')).json().error.code).toBe('TOY_ROUTE_UNKNOWN')
  })

  test('describes its routes, with who may call them', async () => {
    const { paths, openapi } = (await app.inject('/openapi.json')).json()
    expect(openapi).toBe('3.1.0')
    expect(paths['/toys'].post.security).toEqual([{ bearer: [] }])
    expect(paths['/toys/{id}'].get.security).toEqual([])
    const { owner } =
      paths['/toys/{id}'].get.responses[200].content['application/json'].schema.properties
    expect(owner).toEqual({ type: ['string', 'null'] })
  })

  test('describes numbers in paths by their bounds, and bodies that may be left out', async () => {
    const { paths } = (await app.inject('/openapi.json')).json()
    expect(paths['/toys/{id}'].get.parameters[0].schema).toEqual({
      type: 'integer',
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
    })
    expect(paths['/toys/{id}/mend'].post.requestBody.required).toBe(false)
    expect(paths['/toys'].post.requestBody.required).toBe(true)
  })

  test('describes its probes too', async () => {
    const { paths } = (await app.inject('/openapi.json')).json()
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/health', '/ready', '/metrics']))
  })

  test('is alive, is ready and shows its figures', async () => {
    expect((await app.inject('/health')).json()).toEqual({ status: 'ok' })
    expect((await app.inject('/ready')).json()).toEqual({
      status: 'ok',
      dependencies: { shelf: 'up' },
    })
    expect((await app.inject('/metrics')).body).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="\/toys\/:id",status="200"\} \d/,
    )
  })
})

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

test('an app with a route that declares no access does not start', async () => {
  const app = await createApp(options)
  app.get('/open-by-mistake', () => ({}))
  await expect(app.ready()).rejects.toThrow('/open-by-mistake')
})

test('an app is not ready while a dependency is down', async () => {
  const checks = { shelf: () => Promise.reject(new Error('fell over')) }
  const app = await createApp({ ...options, checks })
  const answer = await app.inject('/ready')
  expect(answer.statusCode).toBe(503)
  expect(answer.json().dependencies).toEqual({ shelf: 'down' })
})

test('an app answers so many requests of one caller, and then 429', async () => {
  const rateLimit = { name: 'toy-shop', max: 3, windowMs: 60_000 }
  const app = await createApp({ ...options, rateLimit })
  addRoutes(app)
  const statuses: number[] = []
  for (let call = 0; call < 5; call += 1) statuses.push((await app.inject('/toys/7')).statusCode)
  expect(statuses).toEqual([200, 200, 200, 429, 429])
  const refused = await app.inject('/toys/7')
  expect(refused.json().error.code).toBe('TOY_RATE_LIMITED')
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect((await app.inject('/health')).statusCode).toBe(200)
})
