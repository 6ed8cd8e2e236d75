import { expect, test } from 'vitest'
import { CircuitBreaker } from './circuit-breaker.ts'

function breakerAt(): { breaker: CircuitBreaker; wait: (ms: number) => void } {
  let nowMs = 0
  const breaker = new CircuitBreaker({ failuresMax: 3, openMs: 100, nowMs: () => nowMs })
  return { breaker, wait: (ms) => (nowMs += ms) }
}

function failTimes(breaker: CircuitBreaker, times: number): void {
  for (let time = 0; time < times; time += 1) breaker.failed()
}

test('only failures in a row open it', () => {
  const { breaker } = breakerAt()
  failTimes(breaker, 2)
  breaker.succeeded()
  failTimes(breaker, 2)
  expect(breaker.allows()).toBe(true)
  breaker.failed()
  expect(breaker.state).toBe('open')
  expect(breaker.allows()).toBe(false)
  expect(breaker.openings).toBe(1)
})

test('after its time one caller may try, and decides', () => {
  const { breaker, wait } = breakerAt()
  failTimes(breaker, 3)
  wait(100)
  expect(breaker.state).toBe('half-open')
  expect([breaker.allows(), breaker.allows()]).toEqual([true, false])
  breaker.failed()
  expect(breaker.state).toBe('open')
  wait(100)
  expect(breaker.allows()).toBe(true)
  breaker.succeeded()
  expect(breaker.state).toBe('closed')
  expect(breaker.allows()).toBe(true)
  expect(breaker.openings).toBe(1)
})
