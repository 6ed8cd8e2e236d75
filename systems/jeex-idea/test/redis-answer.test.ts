import { expect, test } from 'vitest'
import { answeredSoon } from '../src/redis-answer.ts'

test('what comes is passed on, be it an answer or an error', async () => {
  await expect(answeredSoon(Promise.resolve('PONG'))).resolves.toBe('PONG')
  await expect(answeredSoon(Promise.reject(new Error('gone')))).rejects.toThrow('gone')
})

test('a Redis that never answers is given up', async () => {
  await expect(answeredSoon(new Promise(() => {}))).rejects.toThrow('does not answer')
})
