import type { Account, HeardAccount, Messages, Random, Receiver, Sql } from 'etalon'
import {
  flows,
  inboxOf,
  isTakenIn,
  positionsOf,
  publish,
  readEnvelope,
  tellPublished,
  type Flow,
  type Positions,
} from './flow.ts'

/** An instance whose connections can be cut and whose consumer can be killed. */
export interface Stage {
  readonly sql: Sql
  /** The database as the producer's role sees it. */
  readonly producer: Sql
  readonly messages: Messages
  readonly random: Random
  /** Cuts every connection of both services to Redis, or to PostgreSQL; gives how many. */
  readonly cut: (service: 'redis' | 'postgres') => Promise<number>
  readonly killConsumer: () => Promise<void>
  readonly startConsumer: () => Promise<void>
}

/** What comes in turns, in an order that is drawn. A consumer that starts anew takes the longest. */
const disturbances = [
  'redis cut',
  'consumer killed',
  'redis cut',
  'postgres cut',
  'listener gone',
  'redis cut',
  'postgres cut',
  'redis cut',
  'postgres cut',
  'listener gone',
] as const

type Disturbance = (typeof disturbances)[number]

export interface DisturbedFlow {
  readonly published: number
  /** What came, in the order in which it did. */
  readonly struck: readonly Disturbance[]
  readonly connectionsCut: number
  /** The streams, as somebody sees them whose way to Redis is not disturbed. */
  readonly streams: HeardAccount
  readonly inbox: Account
  /** By publish and subscribe: undisturbed, and over the way that is cut. */
  readonly live: HeardAccount
  readonly liveOverLink: HeardAccount
  /** From the first message said to the last one taken in. */
  readonly durationMs: number
}

/**
 * Publishes messages on several channels while their way is disturbed at seeded moments, each when
 * a drawn number of the messages has reached its stream, and lets everything come to rest.
 */
export async function flowUnderFaults(
  stage: Stage,
  { messages: count, moments }: { readonly messages: number; readonly moments: number },
): Promise<DisturbedFlow> {
  const { sql, producer, messages, random } = stage
  const after = await positionsOf(sql)
  const { streams, live, liveOverLink, heardOf } = await listen(messages, after)
  const order = random.shuffle(
    Array.from(
      { length: moments },
      (_none, at) => disturbances[at % disturbances.length] as Disturbance,
    ),
  )
  // On a busy machine a service may take this long for what it takes a tenth of it otherwise.
  const patienceMs = 60_000 + count
  const startedAtMs = performance.now()
  const struck: Disturbance[] = []
  let connectionsCut = 0
  let said = 0
  const sayNext = async (part: number): Promise<void> => {
    const next = Math.min(count - said, part)
    const each = Math.ceil(next / flows.length)
    const from = said + 1
    said += each * flows.length
    await Promise.all(flows.map((flow: Flow) => publish(producer, flow, each, from)))
  }
  /** By the numbers of the messages: what is missing holds nothing up. */
  const hasReached = async (target: number): Promise<boolean> => {
    const isThere = (): boolean => flows.every((flow) => heardOf(flow) >= target / flows.length)
    await streams.until(isThere, { timeoutMs: patienceMs })
    return isThere()
  }
  const part = Math.ceil(count / (moments + 1))
  for (const disturbance of order) {
    const reached = said + random.integer(1, part)
    const saying = sayNext(part)
    if (!(await hasReached(reached))) break
    connectionsCut += await strike(stage, disturbance, liveOverLink, () => saying)
    await saying
    struck.push(disturbance)
  }
  await hasReached(said)
  await sayNext(part)
  await hasReached(said)
  await isTakenIn(sql, flows, patienceMs)
  const durationMs = performance.now() - startedAtMs
  const inbox = await inboxOf(sql, flows, after)
  const ledgers = [streams, inbox, live, liveOverLink]
  return {
    published: await tellPublished(sql, ledgers, flows, after),
    struck,
    connectionsCut,
    streams: await streams.settled(),
    inbox: inbox.account(),
    live: await live.settled(),
    liveOverLink: await liveOverLink.settled(),
    durationMs,
  }
}

interface Listeners {
  readonly streams: Receiver
  readonly live: Receiver
  readonly liveOverLink: Receiver
  /** How far a channel's stream has been heard, by the numbers of the messages. */
  readonly heardOf: (flow: Flow) => number
}

async function listen(messages: Messages, after: Positions): Promise<Listeners> {
  const last = new Map<string, number>()
  const streams = await messages.read(flows, {
    from: '$',
    read: (message) => {
      const facts = readEnvelope(message)
      last.set(message.channel, facts.sequence)
      return facts
    },
  })
  const read = { read: readEnvelope }
  return {
    streams,
    live: await messages.subscribe(flows, read),
    liveOverLink: await messages.subscribe(flows, { ...read, through: 'link' }),
    heardOf: (flow) => (last.get(flow) ?? after[flow] ?? 0) - (after[flow] ?? 0),
  }
}

/** Disturbs once, and heals. Gives how many connections were cut. */
async function strike(
  { cut, killConsumer, startConsumer }: Stage,
  disturbance: Disturbance,
  listener: Receiver,
  saying: () => Promise<void>,
): Promise<number> {
  switch (disturbance) {
    case 'redis cut':
      return cut('redis')
    case 'postgres cut':
      return cut('postgres')
    case 'consumer killed':
      await killConsumer()
      await startConsumer()
      return 0
    case 'listener gone':
      await listener.offline(saying)
      return 0
  }
}
