import { claim, eventually } from 'etalon'
import {
  inboxOf,
  isTakenIn,
  positionsOf,
  proveFaultless,
  publish,
  readEnvelope,
  tellPublished,
} from './flow.ts'

const flow = 'tickstock.scenario.loaded'
const group = 'tickstock'
const deadLetters = 'tickstock.dead_letter.messages'

claim('TICK-RED-10', async ({ system, sql, messages, prove }) => {
  const producer = system.sqlAs('producer')
  const redis = await messages.redis()
  await publish(producer, flow, 5)
  const poison = await producer.value<string>(
    `insert into outbox (channel, event_type, payload) values ($1, 'scenario_loaded', '{"x": 1}')
     returning id`,
    [flow],
  )
  await publish(producer, flow, 5, 6)
  const around = await sql.rows<{ id: string; seq: number }>(
    `select id, seq from outbox where channel = $1 order by position desc limit 11`,
    [flow],
  )
  const isNoted = (): Promise<boolean> =>
    sql.value(
      `select count(*) = 10 from consumer.notices join outbox on outbox.id = message_id
       where outbox.id = any($1)`,
      [around.map(({ id }) => id)],
    )
  prove('the others are taken in meanwhile', await eventually(isNoted, 10_000)).isTrue()

  const seqOfPoison = (): Promise<number> =>
    sql.value('select seq from outbox where id = $1', [poison])
  const entry = `${await seqOfPoison()}-0`
  let deliveriesMax = 0
  const isBuried = async (): Promise<boolean> => {
    const [owed] = await redis.xPendingRange(flow, group, entry, entry, 1)
    deliveriesMax = Math.max(deliveriesMax, owed?.deliveriesCounter ?? 0)
    const found = await sql.value<number>(
      'select count(*) from consumer.dead_letters where channel = $1 and stream_id = $2',
      [flow, entry],
    )
    return found === 1
  }
  prove('the poison message is a dead letter', await eventually(isBuried, 10_000)).isTrue()
  prove('tries before that', deliveriesMax).isBetween(4, 5)
  const letters = await messages.entries(deadLetters)
  const ours = letters.filter(({ fields }) => fields['id'] === entry)
  prove('the dead letter stream has it once', ours.length).equals(1)

  const isSettled = async (): Promise<boolean> =>
    (await messages.backlog(flow, group))?.pending === 0
  prove('everything is acknowledged', await eventually(isSettled, 5_000)).isTrue()
})

claim(
  ['TICK-RED-10'],
  { name: 'take-over', timeoutMs: 60_000 },
  async ({ system, sql, messages, prove }) => {
    const producer = system.sqlAs('producer')
    const redis = await messages.redis()
    // A reader of the group that is given messages and dies before it takes them in.
    const first = ((await positionsOf(sql))[flow] ?? 0) + 1
    await system.kill('consumer')
    const heard = await messages.read(flow, { from: '$', read: () => undefined })
    await publish(producer, flow, 40)
    await heard.until(() => heard.account().ignored >= 40)
    const given = await redis.xReadGroup(group, 'dead', { key: flow, id: '>' }, { COUNT: 40 })
    const taken: number = given?.[0]?.messages.length ?? 0
    prove('given to a reader that dies', taken).equals(40)
    await system.startAgain('consumer')
    const isTaken = (): Promise<boolean> =>
      sql.value('select count(*) = 40 from consumer.notices where channel = $1 and seq >= $2', [
        flow,
        first,
      ])
    prove('taken over and taken in, each once', await eventually(isTaken, 15_000)).isTrue()
    const isSettled = async (): Promise<boolean> =>
      (await messages.backlog(flow, group))?.pending === 0
    prove('nothing is owed any more', await eventually(isSettled, 5_000)).isTrue()
  },
)

claim(
  ['TICK-RED-08', 'TICK-T-13'],
  { timeoutMs: 60_000 },
  async ({ system, sql, messages, prove }) => {
    const producer = system.sqlAs('producer')
    const after = await positionsOf(sql)
    await publish(producer, flow, 50)
    await isTakenIn(sql, [flow], 10_000)
    await system.kill('consumer')
    await publish(producer, flow, 1_000, 51)
    const durable = await messages.read(flow, { read: readEnvelope, from: `${after[flow] ?? 0}-0` })
    await durable.until(1_050)
    const keeping = await messages.backlog(flow, group)
    prove('kept for the consumer while it is offline', keeping?.lag ?? 0).equals(1_000)
    await system.startAgain('consumer')
    prove('caught up before anything new is said', await isTakenIn(sql, [flow], 10_000)).isTrue()
    await publish(producer, flow, 50, 1_051)
    prove('taken in after that', await isTakenIn(sql, [flow], 10_000)).isTrue()
    const inbox = await inboxOf(sql, [flow], after)
    prove('messages', await tellPublished(sql, [durable, inbox], [flow], after)).equals(1_100)
    proveFaultless(prove, 'in the consumer', inbox.account())
    proveFaultless(prove, 'in the stream', await durable.settled())
  },
)

claim('TICK-RED-11', { timeoutMs: 60_000 }, async ({ system, sql, messages, prove }) => {
  const producer = system.sqlAs('producer')
  const redis = await messages.redis()
  const after = await positionsOf(sql)
  const listeners = async (): Promise<number> =>
    Object.values(await redis.pubSubNumSub([flow])).reduce((sum, count) => sum + count, 0)
  const before = await listeners()
  let slowestMs = 0
  let cut = 0
  for (let turn = 0; turn < 20; turn += 1) {
    for (const type of ['normal', 'pubsub']) {
      const killed = await redis.sendCommand(['CLIENT', 'KILL', 'SKIPME', 'yes', 'TYPE', type])
      cut += Number(killed)
    }
    const cutAtMs = performance.now()
    await publish(producer, flow, 1, turn)
    const isBack = await isTakenIn(sql, [flow], 5_000)
    slowestMs = Math.max(slowestMs, isBack ? performance.now() - cutAtMs : Infinity)
    if (!isBack) break
  }
  prove('connections that Redis cut', cut).isAtLeast(60)
  prove('the slowest reconnection, until a new message is taken in', slowestMs).isBelow(5_000, 'ms')
  const areBack = await eventually(async () => (await listeners()) >= before, 5_000)
  prove('as many subscribers as before', areBack).isTrue()
  const inbox = await inboxOf(sql, [flow], after)
  await tellPublished(sql, [inbox], [flow], after)
  proveFaultless(prove, 'in the consumer', inbox.account())
})

claim('TICK-RED-09', { timeoutMs: 60_000 }, async ({ system, prove }) => {
  const bounded = await system.another({ STREAM_LENGTH_MAX: '100' })
  const [producer, operator] = [bounded.sqlAs('producer'), await bounded.actor('operator')]
  /** Publishes while the consumer can note nothing, and gives the lag that its monitor shows. */
  const publishBehind = (count: number): Promise<number> =>
    bounded.sql.session(async (lock) => {
      await lock.run('begin')
      await lock.run('lock table consumer.notices in exclusive mode')
      await publish(producer, flow, count)
      const isSent = (): Promise<boolean> =>
        bounded.sql.value(
          'select count(*) = 0 from outbox where channel = $1 and published_at is null',
          [flow],
        )
      await eventually(isSent, 10_000)
      const { body } = await operator.get<Monitor>('/messages').expect(200)
      await lock.run('commit')
      return body.channels.find(({ channel }) => channel === flow)?.lag ?? 0
    })
  const accounted = async (): Promise<{ noted: number; lost: number }> => {
    await isTakenIn(bounded.sql, [flow], 10_000)
    return bounded.sql.one(
      `select (select count(*) from consumer.notices where channel = $1) as noted,
         (select coalesce(sum(last_seq - first_seq + 1), 0) from consumer.gaps
          where channel = $1) as lost`,
      [flow],
    )
  }
  prove('lag that is shown below the bound', await publishBehind(90)).equals(90)
  const below = await accounted()
  prove('noted below the bound', below.noted).equals(90)
  prove('lost below the bound', below.lost).equals(0)
  prove('lag that is shown beyond the bound', await publishBehind(2_000)).equals(2_000)
  const beyond = await accounted()
  prove('lost beyond the bound, and recorded', beyond.lost).isAtLeast(1)
  prove('noted or recorded as lost', beyond.noted + beyond.lost).equals(2_090)
})

interface Monitor {
  readonly channels: readonly { readonly channel: string; readonly lag: number | null }[]
}
