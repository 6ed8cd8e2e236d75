import type { Client } from 'pg'
import { statement } from 'service-kit'

/** A message with its number, as the relay sends it. */
export interface NumberedMessage {
  readonly channel: string
  readonly seq: number
  readonly id: string
  readonly event_type: string
  /** When it was said, in UTC, with microseconds. */
  readonly said_at: string
  /** JSON. */
  readonly payload: string
  readonly published: boolean
}

const messageColumns = `outbox.channel, outbox.seq, outbox.id, outbox.event_type,
  to_char(outbox.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as said_at,
  outbox.payload::text as payload, outbox.published_at is not null as published`

/**
 * Gives the messages that have no number yet the next ones of their channels, at most `limit`, in
 * the order in which they were written. Only who holds the relay's lease may do so.
 */
export const numberMessages = statement<NumberedMessage, [limit: number]>(
  'outbox-number',
  `with waiting as (
     select position, channel from outbox where seq is null order by position limit $1
   ), placed as (
     select position, channel,
       row_number() over (partition by channel order by position) as place,
       count(*) over (partition by channel) as places
     from waiting
   ), counted as (
     insert into channels (channel, last_seq) select channel, count(*) from placed group by channel
     on conflict (channel) do update set last_seq = channels.last_seq + excluded.last_seq
     returning channel, last_seq
   )
   update outbox set seq = counted.last_seq - placed.places + placed.place
   from placed join counted on counted.channel = placed.channel
   where outbox.position = placed.position
   returning ${messageColumns}`,
)

export const numberedAfter = statement<
  NumberedMessage,
  [channel: string, afterSeq: number, limit: number]
>(
  'outbox-numbered-after',
  `select ${messageColumns} from outbox
   where channel = $1 and seq > $2 order by seq limit $3`,
)

/** All messages of these channels up to these numbers were told. */
export const markPublished = statement<never, [channels: string[], upTo: number[]]>(
  'outbox-mark-published',
  `with told as (
     select * from unnest($1::text[], $2::bigint[]) as told (channel, up_to)
   ), advanced as (
     update channels set published_seq = told.up_to from told
     where channels.channel = told.channel and channels.published_seq < told.up_to
   )
   update outbox set published_at = clock_timestamp()
   from told join channels on channels.channel = told.channel
   where outbox.channel = told.channel
     and outbox.seq > channels.published_seq and outbox.seq <= told.up_to`,
)

/** How far a channel is. */
export interface ChannelPosition {
  readonly channel: string
  readonly last_seq: number
  readonly published_seq: number
  readonly read_seq: number
}

export const channelPositions = statement<ChannelPosition, []>(
  'channel-positions',
  'select channel, last_seq, published_seq, read_seq from channels order by channel',
)

export const setReadSeq = statement<never, [channel: string, readSeq: number]>(
  'channel-set-read-seq',
  'update channels set read_seq = $2 where channel = $1 and read_seq <> $2',
)

/**
 * Has the numbers of a channel go on after one that the stream has already. What has a number up to
 * that and was not told gets another.
 */
export const skipNumbers = statement<never, [channel: string, upTo: number]>(
  'channel-skip-numbers',
  `with numbered_anew as (
     update outbox set seq = null
     where channel = $1 and seq <= $2 and published_at is null
   )
   insert into channels (channel, last_seq, published_seq) values ($1, $2, $2)
   on conflict (channel) do update
   set last_seq = greatest(channels.last_seq, $2),
     published_seq = greatest(channels.published_seq, $2)`,
)

/**
 * Deletes messages that were published before `before` and acknowledged by every group of readers,
 * at most `limit` of each channel. Where the oldest is too young, nothing else is looked at.
 */
export const sweepOutbox = statement<{ position: number }, [before: Date, limit: number]>(
  'outbox-sweep',
  `delete from outbox where position in (
     select old.position
     from channels
     cross join lateral (
       select published_at from outbox
       where outbox.channel = channels.channel
         and seq <= least(channels.read_seq, channels.published_seq)
       order by seq limit 1
     ) as oldest
     cross join lateral (
       select position, published_at from outbox
       where outbox.channel = channels.channel
         and seq <= least(channels.read_seq, channels.published_seq)
       order by seq limit $2
     ) as old
     where oldest.published_at < $1 and old.published_at < $1
   ) returning position`,
)

/**
 * Has a connection hear of new messages. Its statements are planned each time: the outbox grows and
 * shrinks by orders of magnitude, and a plan made for one size would be kept for the other.
 */
export async function attend(connection: Client): Promise<void> {
  await connection.query('set plan_cache_mode = force_custom_plan')
  await connection.query('listen outbox')
}

/** What waits in the outbox. */
export interface OutboxBacklog {
  readonly unpublished: number
  /** Age of the oldest message that was not told; 0 without one. */
  readonly lag_ms: number
}

/** Counts at most `limit` of those that have no number. */
export const outboxBacklog = statement<OutboxBacklog, [limit: number]>(
  'outbox-backlog',
  `with waiting as (
     select created_at from outbox where seq is null order by position limit $1
   ), oldest as (
     select created_at from waiting
     union all
     select (
       select created_at from outbox
       where outbox.channel = channels.channel and outbox.seq > channels.published_seq
       order by seq limit 1
     ) from channels where published_seq < last_seq
   )
   select
     ((select count(*) from waiting)
       + (select coalesce(sum(last_seq - published_seq), 0) from channels))::int as unpublished,
     coalesce(
       extract(epoch from clock_timestamp() - (select min(created_at) from oldest)) * 1000, 0
     )::float8 as lag_ms`,
)
