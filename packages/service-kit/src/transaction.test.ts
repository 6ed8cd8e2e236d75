import { expect, test } from 'vitest'
import { withRetry } from './transaction.ts'

const deadlock = Object.assign(new Error('deadlock detected'), { code: '40P01' })

function failing(times: number, error: Error): () => Promise<number> {
  let calls = 0
  return async () => {
    calls += 1
    if (calls <= times) throw error
    return calls
  }
}

test('work that meets a deadlock is done again', async () => {
  expect(await withRetry(failing(3, deadlock))).toBe(4)
})

test('work that meets deadlocks without end is given up', async () => {
  await expect(withRetry(failing(100, deadlock))).rejects.toBe(deadlock)
})

test('any other error passes through at once', async () => {
  const error = new Error('no such table')
  await expect(withRetry(failing(1, error))).rejects.toBe(error)
})
