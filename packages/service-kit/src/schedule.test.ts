import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { every } from './schedule.ts'

test('rounds follow each other, never overlap, and outlive a failure', async () => {
  let rounds = 0
  let underWay = 0
  const failures: unknown[] = []
  const schedule = every(
    2,
    async () => {
      underWay += 1
      expect(underWay).toBe(1)
      await delay(5)
      underWay -= 1
      rounds += 1
      if (rounds === 2) throw new Error('the second fails')
    },
    (error) => failures.push(error),
  )
  await expect.poll(() => rounds).toBeGreaterThan(3)
  await schedule.stop()
  const atStop = rounds
  expect(underWay).toBe(0)
  await delay(20)
  expect(rounds).toBe(atStop)
  expect(failures).toHaveLength(1)
})
