import { expect, test } from 'vitest'
import { envelopeOf, receiverOf } from '../src/failure/envelope.ts'

test('a DSN says where envelopes go, and by which key', () => {
  expect(receiverOf('https://key@sentry.example/7')).toEqual({
    url: 'https://sentry.example/api/7/envelope/',
    key: 'key',
  })
  expect(receiverOf('http://key@127.0.0.1:9000/sub/7')).toEqual({
    url: 'http://127.0.0.1:9000/sub/api/7/envelope/',
    key: 'key',
  })
  for (const wrong of ['https://sentry.example/7', 'https://key@sentry.example/', 'http://k@h/x']) {
    expect(receiverOf(wrong)).toBeUndefined()
  }
})

test('an envelope says where it failed, the outermost call first, without the words', () => {
  const error = Object.assign(new TypeError('ann@example.org is taken'), {
    code: '23505',
    stack: `TypeError: ann@example.org is taken
    at insert (/srv/app/systems/shop/src/store/user.ts:7:11)
    at async Object.register (file:///srv/app/systems/shop/src/routes/auth.ts:20:3)
    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)`,
  })
  const failure = {
    error,
    requestId: 'r-1',
    method: 'POST',
    route: '/api/v1/auth/register',
    status: 500,
  }
  const text = envelopeOf(failure, 'shop@1.0.0', new Date(1_500))
  expect(text).not.toContain('ann@')
  const [head, item, event] = text.split('\n').map((line) => JSON.parse(line) as object)
  expect(head).toMatchObject({ sent_at: '1970-01-01T00:00:01.500Z' })
  expect(item).toEqual({ type: 'event' })
  expect(event).toMatchObject({
    timestamp: 1.5,
    release: 'shop@1.0.0',
    transaction: 'POST /api/v1/auth/register',
    tags: { request_id: 'r-1', status: '500' },
    exception: { values: [{ type: 'TypeError', value: '23505' }] },
  })
  const { frames } = (event as { exception: { values: [{ stacktrace: { frames: object[] } }] } })
    .exception.values[0].stacktrace
  expect(frames.slice(1)).toEqual([
    {
      function: 'Object.register',
      filename: 'systems/shop/src/routes/auth.ts',
      lineno: 20,
      colno: 3,
    },
    { function: 'insert', filename: 'systems/shop/src/store/user.ts', lineno: 7, colno: 11 },
  ])
})

test('what is thrown and is no error says what it is', () => {
  const failure = { error: 'no', requestId: 'r-2', method: 'GET', route: '/x', status: 503 }
  expect(envelopeOf(failure, 'shop@1.0.0', new Date(0))).toContain(
    '"exception":{"values":[{"type":"string","value":"without a code","stacktrace":{"frames":[]}}]}',
  )
})
