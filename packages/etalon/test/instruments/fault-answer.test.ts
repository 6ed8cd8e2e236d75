import { expect, test } from 'vitest'
import type {
  Chunk,
  FaultSpec,
  LinkConnection,
  Message,
} from '../../src/instruments/faults/fault.ts'
import {
  bandwidth,
  latency,
  limitBytes,
  slice,
  statement,
} from '../../src/instruments/faults/index.ts'
import { kindOf } from '../../src/instruments/faults/kinds/index.ts'
import { random } from '../../src/kernel/random.ts'

const commit = statement(/^commit$/i)
const committed = statement(/^commit$/i, { at: 'answer' })
const connection: LinkConnection = { number: 1, cut() {}, reset() {}, detach() {} }
const chunk = (message: Message): Chunk => {
  return { data: Buffer.from('eight by'), receivedAtMs: performance.now(), message }
}

/** Bytes that a fault touched of a request and of its answer. */
async function touched(spec: FaultSpec): Promise<[request: number, answer: number]> {
  const context = {
    random: random('1'),
    protocol: 'postgres',
    connectionsBefore: 0,
    tell() {},
  } as const
  const fault = kindOf(spec)(spec, context)
  await fault.pass(chunk({ request: 1, text: 'COMMIT' }), 'up', connection, async () => {})
  const ofRequest = fault.touch.bytes
  await fault.pass(chunk({ answers: 1, completes: true }), 'down', connection, async () => {})
  const ofAnswer = fault.touch.bytes - ofRequest
  fault.heal()
  return [ofRequest, ofAnswer]
}

test.each([
  ['latency', latency(5, committed)],
  ['bandwidth', bandwidth(1_000, committed)],
  ['limit-bytes', limitBytes(3, committed)],
  ['slice', slice(2, { ...committed, direction: 'down' })],
])('%s takes the answer to a request, which goes the other way', async (_kind, spec) => {
  expect(await touched(spec)).toEqual([0, 8])
})

test.each([
  ['latency', latency(5, commit)],
  ['bandwidth', bandwidth(1_000, commit)],
  ['limit-bytes', limitBytes(3, commit)],
])('%s takes a request where it waits for one', async (_kind, spec) => {
  expect(await touched(spec)).toEqual([8, 0])
})
