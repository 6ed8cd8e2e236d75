import {
  claim,
  measureOnce,
  type Incoming,
  type MessageFacts,
  type Sql,
  type SystemHandle,
} from 'etalon'
import { quantileOf } from 'etalon/statistics/quantile'
import { setTimeout as delay } from 'node:timers/promises'
import {
  inboxOf,
  isTakenIn,
  positionsOf,
  publish,
  readEnvelope,
  tellPublished,
  type Envelope,
} from '../message/flow.ts'
import { done } from './command.ts'

const channel = 'tickstock.etf.correlation_update'
/** The bound of a P99 takes 299 of them where each counts by itself, and more where not quite. */
const messagesInAll = 420
/** Beside which scenarios are loaded. */
const messagesBeside = 240
const everyMs = 8
const patienceMs = 30_000
const options = { isolation: 'quiet', timeoutMs: 180_000 } as const

/** From the moment a message was said to when a subscriber of its channel had it. */
const measureDelivery = measureOnce(async ({ system, messages }) => {
  const { sql } = system
  const after = await positionsOf(sql)
  const heard = await messages.subscribe(channel, { read: readEnvelope })
  await sayOneByOne(system)
  await heard.until(messagesInAll, { timeoutMs: patienceMs })
  await isTakenIn(sql, [channel], patienceMs)
  const inbox = await inboxOf(sql, [channel], after)
  await tellPublished(sql, [inbox], [channel], after)
  const noticedMs = await noticed(sql, after[channel] ?? 0)
  return { latency: (await heard.close()).latency, inbox: inbox.account(), noticedMs }
})

/** Messages at an even pace, each in a transaction of its own. */
async function sayOneByOne({ sql }: SystemHandle): Promise<void> {
  for (let message = 1; message <= messagesInAll; message += 1) {
    await publish(sql, channel, 1, message)
    await delay(everyMs)
  }
}

/** How long each message after a number took until the consumer had noted it. */
async function noticed(sql: Sql, after: number): Promise<number[]> {
  const rows = await sql.rows<{ ms: number }>(
    `select extract(epoch from received_at - sent_at)::float8 * 1000 as ms
     from consumer.notices where channel = $1 and seq > $2`,
    [channel, after],
  )
  return rows.map(({ ms }) => ms)
}

/** What the consumer did not note, and why, for who has to find out. */
function lostOn({ sql }: SystemHandle): Promise<object[]> {
  return sql.rows(
    `select first_seq || ' to ' || last_seq as seq, 'gap' as reason
     from consumer.gaps where channel = $1
     union all
     select stream_id, reason from consumer.dead_letters where channel = $1`,
    [channel],
  )
}

claim('TICK-PERF-05', options, async (context) => {
  const { noticedMs } = await measureDelivery(context)
  const lost = await lostOn(context.system)
  context.note('until the consumer had noted it', { noticedMs, lost })
  context.prove('messages that the consumer noted', noticedMs.length).equals(messagesInAll)
  const p95 = quantileOf(noticedMs, 0.95, { unit: 'ms' })
  context.prove('P95 from the change to the note of it', p95).isBelow(5_000, 'ms')
})

claim('TICK-RED-04', options, async (context) => {
  const { note, prove } = context
  const { latency, inbox } = await measureDelivery(context)
  prove('mean time from saying to hearing', latency.mean()).isBelow(100, 'ms')
  prove('P99', latency.quantile(0.99)).isBelow(200, 'ms')
  note('the longest', { maxMs: latency.maxMs })
  prove('missing in the consumer', inbox.missing).isEmpty()
  prove('the longest until the consumer had it', inbox.latency.maxMs).isBelow(5_000, 'ms')
})

claim('TICK-PERF-08', options, async (context) => {
  const { latency } = await measureDelivery(context)
  context.prove('delivery, on average', latency.mean()).isBelow(100, 'ms')
})

claim(
  'TICK-PERF-15',
  { name: 'delivery', title: 'P95 of delivery is below 10 ms', ...options },
  async (context) => {
    const { latency } = await measureDelivery(context)
    context.prove('P95 of delivery', latency.quantile(0.95)).isBelow(10, 'ms')
  },
)

claim('TICK-CHK-30', options, async (context) => {
  const { system, messages, prove } = context
  const saidAtMs = new Map<number, number>()
  // From when each was to be said: what has to wait for the outbox waits too.
  const read = (incoming: Incoming): MessageFacts => ({
    ...readEnvelope(incoming),
    sentAtMs: saidAtMs.get(numberOf(incoming)) ?? Number.NaN,
  })
  const heard = await messages.subscribe(channel, { read })
  const loading = held(loadScenarios(system))
  const saying: Promise<void>[] = []
  for (let message = 1; message <= messagesBeside; message += 1) {
    saidAtMs.set(message, Date.now())
    saying.push(held(publish(system.sql, channel, 1, message)))
    await delay(everyMs)
  }
  await Promise.all(saying)
  prove('scenarios that were loaded meanwhile', await loading).isAtLeast(1)
  await heard.until(messagesBeside, { timeoutMs: patienceMs })
  const { latency, missing } = await heard.close()
  prove('messages that are missing', missing).isEmpty()
  prove('delivery while scenarios are generated and loaded', latency.mean()).isBelow(100, 'ms')
})

/** A promise that may fail before it is awaited: it does so where it is. */
function held<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => undefined)
  return promise
}

/** The number of a message in its measurement, as its symbol has it. */
function numberOf({ body }: Incoming): number {
  return Number(/\d+$/.exec(String((body as Envelope).payload['symbol']))?.[0])
}

async function loadScenarios(system: SystemHandle): Promise<number> {
  const names = ['crash_2020', 'growth_2021', 'high_low_events']
  for (const name of names) await done(system, 'scenario', 'load', name, '--suffix', 'BESIDE')
  return names.length
}
