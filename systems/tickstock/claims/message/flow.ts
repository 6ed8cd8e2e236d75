import {
  eventually,
  openLedger,
  type Account,
  type HeardAccount,
  type Incoming,
  type Ledger,
  type MessageFacts,
  type Prove,
  type Receiver,
  type Sql,
} from 'etalon'

/** What every message looks like. */
export interface Envelope {
  readonly id: string
  readonly channel: string
  readonly seq: number
  readonly timestamp: string
  readonly service: string
  readonly event_type: string
  readonly version: number
  readonly payload: Readonly<Record<string, unknown>>
}

const bodies = {
  'tickstock.scenario.loaded': {
    event: 'scenario_loaded',
    payload: `jsonb_build_object('scenario', 'flow', 'symbol', 'TEST_FLOW', 'bars', n)`,
  },
  'tickstock.cache.ipo_assignment': {
    event: 'ipo_assignment',
    payload: `jsonb_build_object('symbol', 'IPO' || n, 'universes', '[]'::jsonb, 'reason', 'new')`,
  },
  'tickstock.etf.correlation_update': {
    event: 'correlation_update',
    payload: `jsonb_build_object('symbol', 'ETF' || n, 'benchmark', 'SPY', 'window_days', n,
      'before', 0.1, 'after', 0.9, 'as_of', '2026-01-02')`,
  },
} as const

/** Channels on which the claims publish themselves; nothing is started by what they say. */
export type Flow = keyof typeof bodies
export const flows = Object.keys(bodies) as readonly Flow[]

/**
 * Writes messages into the outbox in one transaction, as the producer does. The n-th of them says n.
 *
 * @param sql the database as the producer's role sees it
 */
export async function publish(
  sql: Sql,
  flow: Flow,
  count: number,
  from: number = 1,
): Promise<void> {
  const { event, payload } = bodies[flow]
  await sql.run(
    `insert into outbox (channel, event_type, payload)
     select $1, $2, ${payload} from generate_series($3::int, $4::int) as n`,
    [flow, event, from, from + count - 1],
  )
}

/** What a ledger has to know of an envelope. */
export function readEnvelope({ body }: Incoming): MessageFacts {
  const { seq, timestamp, channel } = body as Envelope
  return { sequence: seq, sentAtMs: Date.parse(timestamp), belongsTo: channel }
}

/** The last number of each channel. */
export type Positions = Readonly<Record<string, number>>

export async function positionsOf(sql: Sql): Promise<Positions> {
  const rows = await sql.rows<{ channel: string; last_seq: number }>(
    'select channel, last_seq from channels',
  )
  return Object.fromEntries(rows.map(({ channel, last_seq }) => [channel, last_seq]))
}

/** Tells ledgers what the outbox says was published on channels after some positions. */
export async function tellPublished(
  sql: Sql,
  ledgers: readonly Pick<Receiver | Ledger, 'published'>[],
  channels: readonly string[],
  after: Positions = {},
): Promise<number> {
  let told = 0
  for (const key of channels) {
    const rows = await sql.rows<{ seq: number }>(
      'select seq from outbox where channel = $1 and seq > $2 order by seq',
      [key, after[key] ?? 0],
    )
    told += rows.length
    for (const { seq } of rows) for (const one of ledgers) one.published({ key, sequence: seq })
  }
  return told
}

/** Whether the consumer has taken in everything that was published on channels, in time. */
export function isTakenIn(
  sql: Sql,
  channels: readonly string[],
  timeoutMs: number,
): Promise<boolean> {
  return eventually(async () => {
    const open = await sql.value<number>(
      `select (select count(*) from outbox where seq is null and channel = any($1))
         + (select coalesce(sum(channels.last_seq - coalesce(cursors.last_seq, 0)), 0)
            from channels left join consumer.cursors using (channel)
            where channel = any($1))`,
      [channels],
    )
    return open === 0
  }, timeoutMs)
}

/** The consumer's inbox as a ledger: what it took in, in the order in which it did. */
export async function inboxOf(
  sql: Sql,
  channels: readonly string[],
  after: Positions = {},
): Promise<Ledger> {
  const ledger = openLedger({ openedAtMs: 0 })
  const page = 50_000
  for (let offset = 0; ; offset += page) {
    const rows = await sql.rows<Taken>(
      `select channel, seq, message ->> 'channel' as belongs_to,
         extract(epoch from sent_at)::float8 * 1000 as sent_at_ms,
         extract(epoch from received_at)::float8 * 1000 as received_at_ms
       from consumer.notices where channel = any($1)
       order by received_at, channel, seq limit $2 offset $3`,
      [channels, page, offset],
    )
    for (const taken of rows) {
      const { channel: key, seq: sequence, belongs_to: belongsTo } = taken
      if (sequence <= (after[key] ?? 0)) continue
      const moments = { sentAtMs: taken.sent_at_ms, receivedAtMs: taken.received_at_ms }
      ledger.hear({ key, sequence, place: key, belongsTo, ...moments })
    }
    if (rows.length < page) return ledger
  }
}

interface Taken {
  readonly channel: string
  readonly seq: number
  readonly belongs_to: string
  readonly sent_at_ms: number
  readonly received_at_ms: number
}

/** Proves that nothing is missing, came twice, came in the wrong order or where it should not. */
export function proveFaultless(prove: Prove, who: string, account: Account | HeardAccount): void {
  prove(`${who}: missing`, account.missing).isEmpty()
  prove(`${who}: twice`, account.duplicated).isEmpty()
  prove(`${who}: out of order`, account.reordered).isEmpty()
  prove(`${who}: on another channel`, account.leaked).isEmpty()
  prove(`${who}: never published`, account.unexpected).isEmpty()
}
