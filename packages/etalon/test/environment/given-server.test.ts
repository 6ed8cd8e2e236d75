import { afterEach, expect, test, vi } from 'vitest'
import { startEnvironment } from '../../src/environment/environment.ts'
import { givenServer } from '../../src/environment/given-server.ts'
import type { SystemDefinition } from '../../src/environment/system-definition.ts'

afterEach(() => vi.unstubAllEnvs())

const shop: SystemDefinition = {
  name: 'shop',
  title: 'Shop',
  directory: '/',
  postgres: { roles: {}, template: [] },
  redis: true,
  processes: {},
}

test.each([
  ['DATABASE_URL', 'foo', 'DATABASE_URL does not name a server: it is no URL.'],
  ['DATABASE_URL', 'localhost:5432/a', 'DATABASE_URL does not name a server: it begins with local'],
  ['REDIS_URL', 'foo', 'REDIS_URL does not name a server: it is no URL.'],
  ['REDIS_URL', 'https://x:secret@y', 'REDIS_URL does not name a server: it begins with https:.'],
])('%s=%s is a mistake of who set it, told before anything starts', async (name, value, told) => {
  for (const other of ['DATABASE_URL', 'REDIS_URL']) vi.stubEnv(other, '')
  vi.stubEnv(name, value)
  const starting = startEnvironment({ systems: [shop], logs: '/nowhere' })
  await expect(starting).rejects.toMatchObject({ code: 'ETALON_SERVER_URL_INVALID', exitCode: 4 })
  await expect(starting).rejects.toThrow(told)
  await expect(starting).rejects.not.toThrow('secret')
})

test.each(['redis://:secret@127.0.0.1:6379/0', 'rediss://cache.example.org'])(
  '%s is taken',
  (url) => {
    vi.stubEnv('REDIS_URL', url)
    expect(givenServer('REDIS_URL')).toBe(url)
  },
)

test('a variable that is set to nothing names none', () => {
  vi.stubEnv('DATABASE_URL', '')
  expect(givenServer('DATABASE_URL')).toBeUndefined()
})
