import { expect, test } from 'vitest'
import { accountCache } from './account-cache.ts'

function counting(roles: Map<string, string>): {
  calls: number
  find: (subject: string) => Promise<string | undefined>
} {
  const asked = {
    calls: 0,
    find: async (subject: string) => {
      asked.calls += 1
      return roles.get(subject)
    },
  }
  return asked
}

test('an account is asked for once, until it is forgotten', async () => {
  const roles = new Map([['7', 'ADMIN']])
  const source = counting(roles)
  const cache = accountCache(source.find, 60_000)
  expect(await cache.find('7')).toBe('ADMIN')
  expect(await cache.find('7')).toBe('ADMIN')
  expect(source.calls).toBe(1)
  roles.delete('7')
  cache.forget('7')
  expect(await cache.find('7')).toBeUndefined()
})

test('what is remembered is asked for again after a while', async () => {
  const source = counting(new Map([['7', 'ADMIN']]))
  const cache = accountCache(source.find, 0)
  await cache.find('7')
  await cache.find('7')
  expect(source.calls).toBe(2)
})
