import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { workThrough } from '../../src/claims/work-through.ts'

const never = new AbortController().signal

test('as many items are worked on at once as there are workers', async () => {
  let [running, most] = [0, 0]
  const done: number[] = []
  await workThrough([1, 2, 3, 4, 5], 2, never, async (item) => {
    running += 1
    most = Math.max(most, running)
    await setImmediate()
    running -= 1
    done.push(item)
  })
  expect(most).toBe(2)
  expect(new Set(done)).toEqual(new Set([1, 2, 3, 4, 5]))
})

test('when one fails the others are ended before it is told, and none is begun', async () => {
  const told: string[] = []
  const failure = new Error('the disk is full')
  const work = workThrough(['fails', 'goes on', 'waits'], 2, never, async (item, signal) => {
    told.push(`${item} begins`)
    if (item === 'fails') throw failure
    await once(signal, 'abort')
    await setImmediate()
    told.push(`${item} has ended`)
  })
  await expect(work).rejects.toBe(failure)
  expect(told).toEqual(['fails begins', 'goes on begins', 'goes on has ended'])
})

test('who ends it from outside has every item told so', async () => {
  const told: boolean[] = []
  await workThrough([1, 2, 3], 2, AbortSignal.abort(), async (_item, signal) => {
    await setImmediate()
    told.push(signal.aborted)
  })
  expect(told).toEqual([true, true, true])
})
