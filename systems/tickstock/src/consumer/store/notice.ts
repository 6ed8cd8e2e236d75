import { statement } from 'service-kit'

/** A notice as the API shows it. */
export interface NoticeRow {
  readonly channel: string
  readonly seq: number
  readonly id: string
  readonly event_type: string
  readonly timestamp: Date
  readonly received_at: Date
  readonly service: string
  readonly version: number
  readonly payload: Record<string, unknown>
}

const columns = `channel, seq, message_id as id, event_type, sent_at as timestamp, received_at,
  message ->> 'service' as service, (message -> 'version')::int as version,
  message -> 'payload' as payload`

export const listNotices = statement<NoticeRow, [channel: string, afterSeq: number, limit: number]>(
  'notice-list',
  `select ${columns} from consumer.notices
   where channel = $1 and seq > $2 order by seq limit $3`,
)

export const listLatestNotices = statement<NoticeRow, [limit: number]>(
  'notice-list-latest',
  `select ${columns} from consumer.notices order by received_at desc, seq desc limit $1`,
)

export const listLatestOfChannel = statement<NoticeRow, [channel: string, limit: number]>(
  'notice-list-latest-of-channel',
  `select ${columns} from consumer.notices where channel = $1 order by seq desc limit $2`,
)

/** The last number that was noted in each of these channels; 0 where there is none. */
export const noticePositions = statement<
  { channel: string; last_seq: number },
  [channels: readonly string[]]
>(
  'notice-positions',
  `select channel, coalesce(
     (select max(seq) from consumer.notices where notices.channel = asked.channel), 0
   ) as last_seq
   from unnest($1::text[]) as asked (channel)`,
)

/** Messages of a channel as JSON, after one number and up to another. */
export const readMessages = statement<
  { seq: number; message: string },
  [channel: string, afterSeq: number, upToSeq: number, limit: number]
>(
  'notice-read-messages',
  `select seq, message::text as message from consumer.notices
   where channel = $1 and seq > $2 and seq <= $3 order by seq limit $4`,
)
