import { expect, test } from 'vitest'
import type { EvidenceSink } from '../../src/evidence/evidence-log.ts'
import {
  createFaults,
  cut,
  drawSchedule,
  kill,
  latency,
  openLink,
  type ProcessTarget,
  type SchedulePlan,
} from '../../src/instruments/faults/index.ts'
import { plainSession } from '../../src/instruments/plain-session.ts'
import type { Session } from '../../src/instruments/session.ts'
import { disqualifies, type Doubt } from '../../src/kernel/doubt.ts'
import { random } from '../../src/kernel/random.ts'
import { dial, echoServer, exchange } from './fault.contract.ts'

const plan: SchedulePlan = {
  durationMs: 10_000,
  faults: [
    { target: 'postgres', fault: cut() },
    { target: 'redis', fault: latency(50) },
  ],
  quietMs: [100, 500],
  lastsMs: [50, 300],
}

test('a schedule is the same for the same seed, in order, and over in its time', () => {
  const drawn = drawSchedule(plan, random('4f1c'))
  expect(drawSchedule(plan, random('4f1c'))).toEqual(drawn)
  expect(drawSchedule(plan, random('4f1d'))).not.toEqual(drawn)
  expect(new Set(drawn.map(({ target }) => target))).toEqual(new Set(['postgres', 'redis']))
  let lastEndMs = 0
  for (const { atMs, lastsMs } of drawn) {
    const quiet = atMs - lastEndMs
    expect([quiet >= 100, quiet <= 500, lastsMs >= 50, lastsMs <= 300]).not.toContain(false)
    lastEndMs = atMs + lastsMs
  }
  expect(lastEndMs).toBeLessThanOrEqual(plan.durationMs)
})

test('a plan without room for a fault is refused', () => {
  expect(() => drawSchedule({ ...plan, durationMs: 100 }, random('s'))).toThrow(/found 100 ms/)
})

test('faults of a schedule come, are healed, and are evidence with what they touched', async () => {
  const { server, port } = await echoServer()
  const link = await openLink({ host: '127.0.0.1', port, protocol: 'tcp', seed: 's' })
  const records: unknown[] = []
  const evidence: EvidenceSink = { record: (kind, facts) => records.push({ kind, ...facts }) }
  const session: Session = { ...plainSession('seed'), evidence }
  const faults = createFaults(session, {
    links: new Map([['echo', link]]),
    processes: new Map(),
  })
  const soon: SchedulePlan = {
    durationMs: 60_000,
    faults: [{ target: 'echo', fault: cut() }],
    quietMs: [1, 1],
    lastsMs: [60_000 - 2, 60_000 - 2],
  }
  const { result, disturbances } = await faults.follow(soon, async () => {
    for (let sent = 1; ; sent += 1) {
      const socket = await dial(link)
      const answer = await exchange(socket, Buffer.from('ping'), 4)
      socket.destroy()
      if (answer.length === 0) return sent
    }
  })
  expect(result).toBeGreaterThanOrEqual(1)
  expect(disturbances).toHaveLength(1)
  expect(disturbances[0]?.touch.connections).toBe(1)
  expect(records.map((record) => Object.keys(record as object)[1])).toEqual(
    expect.arrayContaining(['scheduled', 'target']),
  )
  const socket = await dial(link)
  expect((await exchange(socket, Buffer.from('ping'), 4)).toString()).toBe('ping')
  socket.destroy()

  const idle = { ...soon, lastsMs: [1, 1] as const, durationMs: 3 }
  await faults.follow(idle, () => waitForHealing(records))
  expect(records).toContainEqual(
    expect.objectContaining({
      kind: 'doubt',
      doubt: expect.objectContaining({ kind: 'fault-missed' }) as unknown,
    }),
  )
  await link.close()
  server.close()
})

test('one that cannot be healed is a doubt, and the others are healed and judged', async () => {
  const { server, port } = await echoServer()
  const link = await openLink({ host: '127.0.0.1', port, protocol: 'tcp', seed: 's' })
  const records: unknown[] = []
  const evidence: EvidenceSink = { record: (kind, facts) => records.push({ kind, ...facts }) }
  const faults = createFaults(
    { ...plainSession('seed'), evidence },
    { links: new Map([['echo', link]]), processes: new Map([['api', neverBack]]) },
  )
  await faults.inject('echo', cut())
  await faults.inject('api', kill())
  await expect(faults.healAll()).rejects.toMatchObject({ errors: [new Error('it stays away')] })
  const doubts = records.flatMap((one) => (one as { readonly doubt?: Doubt }).doubt ?? [])
  expect(doubts.map(({ kind }) => kind)).toEqual(['fault-unhealed', 'fault-missed'])
  expect(doubts.map(disqualifies)).toEqual([true, true])
  expect(doubts[0]?.message).toMatch(/of api could not be healed: it stays away/)
  await faults.healAll()
  await link.close()
  server.close()
})

/** Something that does not come back once it was killed. */
const neverBack: ProcessTarget = {
  connections: () => 0,
  pids: () => [1],
  kill: () => Promise.resolve(1),
  stop: () => Promise.resolve(),
  freeze: () => Promise.resolve([]),
  thaw: () => {},
  limitMemory: () => () => {},
  limitCpu: () => () => {},
  isRunning: () => false,
  startAgain: () => Promise.reject(new Error('it stays away')),
}

/** Resolves when a fault has been healed that was not healed when it was asked. */
async function waitForHealing(records: readonly unknown[]): Promise<void> {
  const count = (): number => records.filter((one) => 'healed' in (one as object)).length
  const before = count()
  while (count() === before) await new Promise((resolve) => setImmediate(resolve))
}
