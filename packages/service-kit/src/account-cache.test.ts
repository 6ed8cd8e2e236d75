import { expect, test } from 'vitest'
import { accountCache } from './account-cache.ts'
import type { Account } from './auth.ts'

function counting(accounts: Map<string, Account>): {
  calls: number
  find: (subject: string) => Promise<Account | undefined>
} {
  const asked = {
    calls: 0,
    find: async (subject: string) => {
      asked.calls += 1
      return accounts.get(subject)
    },
  }
  return asked
}

const admin = { role: 'ADMIN', epoch: 1 }

test('an account is asked for once, until it is forgotten', async () => {
  const accounts = new Map([['7', admin]])
  const source = counting(accounts)
  const cache = accountCache(source.find, 60_000)
  expect(await cache.find('7', 0)).toEqual(admin)
  expect(await cache.find('7', 1)).toEqual(admin)
  expect(source.calls).toBe(1)
  accounts.delete('7')
  cache.forget('7')
  expect(await cache.find('7', 1)).toBeUndefined()
})

test('what is remembered is asked for again after a while', async () => {
  const source = counting(new Map([['7', admin]]))
  const cache = accountCache(source.find, 0)
  await cache.find('7', 0)
  await cache.find('7', 0)
  expect(source.calls).toBe(2)
})

test('an epoch that is remembered does not stand in the way of a later one', async () => {
  const accounts = new Map([['7', admin]])
  const cache = accountCache(counting(accounts).find, 60_000)
  await cache.find('7', 1)
  const later = { role: 'ADMIN', epoch: 2 }
  accounts.set('7', later)
  expect(await cache.find('7', 1)).toEqual(admin)
  expect(await cache.find('7', 2)).toEqual(later)
  expect(await cache.find('7', 1)).toEqual(later)
})

test('what was asked for before it was forgotten is not remembered', async () => {
  const asked: ((account: Account) => void)[] = []
  const cache = accountCache(() => new Promise((tell) => asked.push(tell)), 60_000)
  const before = cache.find('7', 0)
  cache.forget('7')
  asked[0]?.(admin)
  expect(await before).toEqual(admin)
  const after = cache.find('7', 0)
  const closed = { role: 'ADMIN', epoch: 2 }
  asked[1]?.(closed)
  expect(await after).toEqual(closed)
})
