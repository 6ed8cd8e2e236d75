import { statement } from 'service-kit'

/**
 * Notes messages, given as one JSON array, and how far their channels are settled: one statement,
 * so neither is without the other. What is noted already stays as it is.
 */
export const noteMessages = statement<
  never,
  [messages: string, channels: string[], cursors: number[]]
>(
  'intake-note',
  `with noted as (
     insert into consumer.notices (channel, seq, message_id, event_type, sent_at, message)
     select message ->> 'channel', (message ->> 'seq')::bigint, (message ->> 'id')::uuid,
       message ->> 'event_type', (message ->> 'timestamp')::timestamptz, message
     from jsonb_array_elements($1::jsonb) as message
     on conflict (channel, seq) do nothing
   )
   insert into consumer.cursors (channel, last_seq)
   select * from unnest($2::text[], $3::bigint[])
   on conflict (channel) do update
   set last_seq = greatest(cursors.last_seq, excluded.last_seq)`,
)

/** Keeps a message that could not be noted, with the channel's cursor. */
export const keepDeadLetter = statement<
  never,
  [channel: string, streamId: string, reason: string, message: string, cursor: number]
>(
  'intake-dead-letter',
  `with kept as (
     insert into consumer.dead_letters (channel, stream_id, reason, message)
     values ($1, $2, $3, $4)
     on conflict (channel, stream_id) do nothing
   )
   insert into consumer.cursors (channel, last_seq) values ($1, $5)
   on conflict (channel) do update
   set last_seq = greatest(cursors.last_seq, excluded.last_seq)`,
)

/** Records those of the numbers that are neither noted nor dead letters, and gives their ranges. */
export const recordGaps = statement<
  { first_seq: number; last_seq: number },
  [channel: string, firstSeq: number, lastSeq: number]
>(
  'intake-record-gaps',
  `insert into consumer.gaps (channel, first_seq, last_seq)
   select $1, min(seq), max(seq)
   from (
     select series.seq, series.seq - row_number() over (order by series.seq) as island
     from generate_series($2::bigint, $3::bigint) as series (seq)
     where not exists (
         select from consumer.notices where notices.channel = $1 and notices.seq = series.seq
       )
       and not exists (
         select from consumer.dead_letters
         where dead_letters.channel = $1 and dead_letters.stream_id = series.seq || '-0'
       )
   ) as missing
   group by island
   on conflict (channel, first_seq) do update set last_seq = excluded.last_seq
   returning first_seq, last_seq`,
)

export const readCursors = statement<{ channel: string; last_seq: number }, []>(
  'intake-cursors',
  'select channel, last_seq from consumer.cursors',
)
