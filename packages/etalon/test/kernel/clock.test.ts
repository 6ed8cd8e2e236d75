import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { eventually, until } from '../../src/kernel/clock.ts'

const never = (): Promise<undefined> => Promise.withResolvers<undefined>().promise

test('what is there is given back, and what is not ends with the time', async () => {
  const answers = [undefined, undefined, 'there']
  expect(await until(() => answers.shift(), { timeoutMs: 60_000, everyMs: 1 })).toBe('there')
  expect(await until(() => Promise.resolve(undefined), { timeoutMs: 0 })).toBeUndefined()
})

test('a look is answered although its time was up when it began', async () => {
  expect(await until(() => turn('there'), { timeoutMs: 0 })).toBe('there')
})

test('a look that does not come back is left to itself', async () => {
  expect(await until(never, { timeoutMs: 1 })).toBeUndefined()
  expect(await eventually(never as () => Promise<never>, 1)).toBe(false)
})

test('what a look throws passes through, and later it concerns nobody', async () => {
  const thrower = (): Promise<undefined> => Promise.reject(new Error('cannot look'))
  await expect(until(thrower, { timeoutMs: 1 })).rejects.toThrow('cannot look')
  const { promise: look, reject } = Promise.withResolvers<undefined>()
  expect(await until(() => look, { timeoutMs: 1 })).toBeUndefined()
  reject(new Error('too late'))
  // An error that nobody took would be told here, and Vitest would fail.
  await turn()
})

test('an end from outside does not wait for a look', async () => {
  const end = new AbortController()
  const waiting = until(never, { timeoutMs: 60_000, signal: end.signal })
  end.abort()
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
})
