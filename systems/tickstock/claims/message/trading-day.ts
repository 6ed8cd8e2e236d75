import { measureOnce, type Account, type ClaimContext, type HeardAccount } from 'etalon'
import { inboxOf, isTakenIn, readEnvelope, tellPublished, type Envelope } from './flow.ts'
import { departureOf, eventsOf } from './shape.ts'

/** A day on which the producer has something to say on every channel, and what was heard of it. */
export interface TradingDay {
  /** All messages by publish and subscribe, as they came. */
  readonly heard: readonly Envelope[]
  readonly account: HeardAccount
  /** Ids of the messages in each channel's stream. */
  readonly inStreams: ReadonlyMap<string, readonly string[]>
  /** What the consumer took in of what the outbox holds. */
  readonly inbox: Account
  /** Messages whose event is not one of their channel. */
  readonly strays: readonly Pick<Envelope, 'channel' | 'event_type'>[]
}

/** The day, which is lived once for all claims of an instance. */
export const tradingDay = measureOnce(live)

async function live({ system, sql, messages }: ClaimContext): Promise<TradingDay> {
  const heard: Envelope[] = []
  const receiver = await messages.subscribe('tickstock.*', {
    names: /^tickstock\.[a-z_]+\.[a-z_]+$/,
    shape: departureOf,
    read: (message) => {
      heard.push(message.body as Envelope)
      return readEnvelope(message)
    },
  })
  const run = async (...args: string[]): Promise<void> => {
    const { code, stderr } = await system.run(
      ['node', 'src/producer/cli.ts', ...args],
      ({ postgres, redis }) => ({ DATABASE_URL: postgres.url('producer'), REDIS_URL: redis.url }),
    )
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`)
  }
  await run('reference', 'load', '--stocks', '60')
  await run('etf-universe', 'expand', '--theme', 'bonds', 'broad_market')
  await run('etf-universe', 'validate')
  await sql.run(
    `update symbols set active = false, delisted_at = now()
     where symbol = (select symbols ->> 0 from cache_entries where cache_key = 'etf_bonds')`,
  )
  await run('loader', '--symbol', 'SPY', 'IWM', 'VOO', 'QQQ', '--days', '70')
  await run('loader', '--end-of-day', '--days', '1')
  await run('etf-universe', 'correlate')
  await sql.run('update etf_relationships set correlation = -0.5, told_correlation = -0.5')
  await run('etf-universe', 'correlate')
  await run('scenario', 'load', 'high_low_events')
  const isDone = (): boolean =>
    ['tickstock.cache.sync_complete', 'tickstock.scenario.loaded'].every((channel) =>
      heard.some((message) => message.channel === channel),
    )
  await receiver.until(isDone, { timeoutMs: 15_000 })
  await sql.run(
    `insert into symbols (symbol, name, type, sector, market_cap, initial_load_date, source, as_of)
     select 'NEWCO', 'New company', 'CS', sector, 5e9, current_date - 10, source, as_of
     from symbols where type = 'CS' and sector is not null limit 1`,
  )
  await run('cache-sync', 'ipo')
  const channels = [...eventsOf.keys()]
  await isTakenIn(sql, channels, 10_000)
  const inbox = await inboxOf(sql, channels)
  await tellPublished(sql, [inbox], channels)
  const inStreams = new Map<string, string[]>()
  for (const channel of channels) {
    const entries = await messages.entries(channel)
    const bodies = entries.map(({ fields }) => JSON.parse(fields['message'] ?? '{}') as Envelope)
    inStreams.set(
      channel,
      bodies.map(({ id }) => id),
    )
  }
  return {
    heard,
    account: await receiver.settled(),
    inStreams,
    inbox: inbox.account(),
    strays: heard
      .filter(({ channel, event_type }) => !eventsOf.get(channel)?.includes(event_type))
      .map(({ channel, event_type }) => ({ channel, event_type })),
  }
}
