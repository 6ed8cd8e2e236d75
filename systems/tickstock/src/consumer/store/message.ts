import { statement } from 'service-kit'

/** What the database knows of the messages of a channel. */
export interface ChannelFigures {
  readonly channel: string
  readonly cursor: number
  readonly rate_hz: number
  readonly p50_ms: number | null
  readonly p95_ms: number | null
  readonly dead_letters: number
  readonly gaps: number
}

/**
 * Figures of each of these channels: messages a second over the last ten seconds, and how long the
 * newest thousand took from when they were said until they were noted.
 */
export const channelFigures = statement<ChannelFigures, [channels: readonly string[]]>(
  'message-channel-figures',
  `with recent as (
     select channel, count(*) / 10.0 as rate_hz from consumer.notices
     where received_at > clock_timestamp() - interval '10 seconds' group by channel
   )
   select asked.channel,
     coalesce(cursors.last_seq, 0) as cursor,
     coalesce(recent.rate_hz, 0)::float8 as rate_hz,
     latency.p50_ms, latency.p95_ms,
     (select count(*) from consumer.dead_letters where dead_letters.channel = asked.channel)
       as dead_letters,
     (select coalesce(sum(last_seq - first_seq + 1), 0)::bigint from consumer.gaps
      where gaps.channel = asked.channel) as gaps
   from unnest($1::text[]) with ordinality as asked (channel, place)
   left join consumer.cursors on cursors.channel = asked.channel
   left join recent on recent.channel = asked.channel
   cross join lateral (
     select percentile_cont(0.5) within group (order by took_ms) as p50_ms,
       percentile_cont(0.95) within group (order by took_ms) as p95_ms
     from (
       select extract(epoch from received_at - sent_at)::float8 * 1000 as took_ms
       from consumer.notices where notices.channel = asked.channel
       order by seq desc limit 1000
     ) as newest
   ) as latency
   order by asked.place`,
)

export const lastReceived = statement<{ received_at: Date }, []>(
  'message-last-received',
  'select received_at from consumer.notices order by received_at desc limit 1',
)

export const listDeadLetters = statement<
  { channel: string; stream_id: string; reason: string; created_at: Date },
  [limit: number]
>(
  'message-dead-letters',
  `select channel, stream_id, reason, created_at from consumer.dead_letters
   order by created_at desc, channel, stream_id limit $1`,
)

export const listGaps = statement<
  { channel: string; first_seq: number; last_seq: number; noticed_at: Date },
  [limit: number]
>(
  'message-gaps',
  `select channel, first_seq, last_seq, noticed_at from consumer.gaps
   order by noticed_at desc, channel, first_seq limit $1`,
)
