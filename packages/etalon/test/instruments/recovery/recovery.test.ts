import { expect, test } from 'vitest'
import { createRecovery, type Ending } from '../../../src/instruments/recovery/index.ts'
import { plainSession } from '../../../src/instruments/plain-session.ts'

const settled = { answers: 3, forMs: 5, answerMsMax: 60_000 }
const done: Ending<string> = { kind: 'ok', output: 'done' }

test('a traffic goes on under faults, and tells when answers stay good', async () => {
  let isUp = true
  const seen = new Set<number>()
  const run = await createRecovery(plainSession('s')).observe(
    { rateHz: 500, settled, input: (index) => index },
    async (input) => {
      seen.add(input)
      return isUp ? done : { kind: 'failed', reason: 'down' }
    },
    async ({ recover, pass }) => {
      await pass(5)
      for (const name of ['first', 'second']) {
        await recover(name, async () => {
          isUp = false
          await pass(4)
          isUp = true
        })
      }
    },
  )
  expect(run.recoveries.map(({ name }) => name)).toEqual(['first', 'second'])
  for (const { recoveryMs, healedAtMs, struckAtMs } of run.recoveries) {
    expect(recoveryMs).toBeGreaterThanOrEqual(0)
    expect(recoveryMs).toBeLessThan(Infinity)
    expect(healedAtMs).toBeGreaterThan(struckAtMs)
  }
  expect(run.operations.map(({ index }) => index)).toEqual([...seen])
  const failures = run.operations.filter(({ outcome }) => outcome.kind === 'failed')
  expect(failures.length).toBeGreaterThanOrEqual(8)
  expect(run.cost().value).toBeGreaterThanOrEqual(8)
  expect(run.undisturbed.value).toBe(1)
})

test('a system that does not recover is told, and does not hold the run up', async () => {
  let isUp = true
  const run = await createRecovery(plainSession('s')).observe(
    { rateHz: 500, settled, patienceMs: 50 },
    async () => (isUp ? done : { kind: 'failed', reason: 'down' }),
    async ({ recover }) => {
      await recover('for good', async () => {
        isUp = false
      })
    },
  )
  expect(run.recoveries[0]?.recoveryMs).toBe(Infinity)
  expect(run.quantile(0.5).value).toBe(Infinity)
})

test('an operation that throws is unknown, and one under way is waited for', async () => {
  const second = Promise.withResolvers<() => void>()
  const run = await createRecovery(plainSession('s')).observe(
    { rateHz: 500 },
    async (_input, index): Promise<Ending<string>> => {
      if (index === 0) throw new Error('reset')
      if (index === 1) await new Promise<void>((resolve) => second.resolve(resolve))
      return done
    },
    async () => {
      setImmediate(await second.promise)
    },
  )
  expect(run.operations[0]?.outcome).toEqual({ kind: 'unknown', reason: 'reset' })
  expect(run.operations[1]?.outcome.kind).toBe('ok')
})

test('what goes wrong while disturbing is thrown, once the traffic has ended', async () => {
  let underWay = 0
  const run = createRecovery(plainSession('s')).observe(
    { rateHz: 500 },
    async () => {
      underWay += 1
      await new Promise((resolve) => setImmediate(resolve))
      underWay -= 1
      return done
    },
    async ({ pass }) => {
      await pass(2)
      throw new Error('no such fault')
    },
  )
  await expect(run).rejects.toThrow('no such fault')
  expect(underWay).toBe(0)
})
