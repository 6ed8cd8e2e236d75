import { claim, ok } from 'etalon'
import {
  flows,
  inboxOf,
  isTakenIn,
  positionsOf,
  proveFaultless,
  publish,
  readEnvelope,
  tellPublished,
  type Flow,
} from './flow.ts'

claim('TICK-T-11', async ({ system, sql, messages, prove }) => {
  const producer = system.sqlAs('producer')
  const after = await positionsOf(sql)
  const live = await messages.subscribe(flows, { read: readEnvelope })
  for (const [turn, flow] of flows.entries()) await publish(producer, flow, 20 + turn)
  prove('taken in within 10 s', await isTakenIn(sql, flows, 10_000)).isTrue()
  const inbox = await inboxOf(sql, flows, after)
  const told = await tellPublished(sql, [live, inbox], flows, after)
  prove('messages published', told).equals(63)
  proveFaultless(prove, 'by publish and subscribe', await live.settled())
  proveFaultless(prove, 'in the consumer', inbox.account())
})

claim('TICK-RED-06', async ({ system, sql, messages, prove }) => {
  const producer = system.sqlAs('producer')
  const flow = 'tickstock.scenario.loaded'
  const first = (await positionsOf(sql))[flow] ?? 0
  const said: number[] = []
  const live = await messages.subscribe(flow, {
    read: (message) => {
      said.push((message.body as { payload: { bars: number } }).payload.bars)
      return readEnvelope(message)
    },
  })
  for (let turn = 0; turn < 10; turn += 1) await publish(producer, flow, 100, turn * 100 + 1)
  // One transaction writes before another and commits after it.
  await producer.session(async (slow) => {
    await slow.run('begin')
    await publish(slow, flow, 50, 2_001)
    await publish(producer, flow, 50, 1_001)
    await live.until(1_050)
    await slow.run('commit')
  })
  const account = await live.until(1_100)
  const expected = [...Array(1_050).keys(), ...Array(50).keys()].map((at, place) =>
    place < 1_050 ? at + 1 : at + 2_001,
  )
  prove('what was said, in the order in which it became visible', said).equals(expected)
  prove('messages out of order', account.reordered).isEmpty()
  const { least, greatest, count } = await sql.one<Record<string, number>>(
    `select min(seq) as least, max(seq) as greatest, count(distinct seq) as count
     from outbox where channel = $1 and seq > $2`,
    [flow, first],
  )
  prove('numbers without a gap', [least, greatest, count]).equals([first + 1, first + 1_100, 1_100])
})

claim(['TICK-RED-07', 'TICK-T-14'], async ({ system, sql, messages, histories, prove }) => {
  const producer = system.sqlAs('producer')
  const after = await positionsOf(sql)
  const live = await messages.subscribe(flows, { read: readEnvelope })
  const durable = await messages.read(flows, { read: readEnvelope, from: '$' })
  const startedAtMs = performance.now()
  const publishers = { actors: 5, operations: 60, input: (index: number) => index }
  const published = await histories.concurrently(publishers, async (index) => {
    await publish(producer, flows[index % flows.length] as Flow, 50, index * 50)
    return ok(undefined)
  })
  const heard = [await live.until(3_000), await durable.until(3_000)]
  const tookMs = performance.now() - startedAtMs
  prove('taken in', await isTakenIn(sql, flows, 10_000)).isTrue()
  const inbox = await inboxOf(sql, flows, after)
  prove('publications that succeeded', published.ok.length).equals(60)
  prove('publishers at once', published.overlapMax).isAtLeast(2)
  prove('messages', await tellPublished(sql, [live, durable, inbox], flows, after)).equals(3_000)
  prove('all heard after', tookMs).isAtMost(5_000, 'ms')
  prove('delivered', heard.map(({ delivered }) => delivered).join()).equals('3000,3000')
  proveFaultless(prove, 'live', await live.settled())
  proveFaultless(prove, 'durable', await durable.settled())
  proveFaultless(prove, 'in the consumer', inbox.account())
})
