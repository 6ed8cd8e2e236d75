import { statement, type Sql } from 'service-kit'

const insertEvent = statement<never, [ecosystem: string, type: string, data: string]>(
  'event-insert',
  'insert into events (ecosystem_id, type, data) values ($1, $2, $3)',
)

/** Tells the watchers of an ecosystem something, once the transaction `tx` commits. */
export async function tell(tx: Sql, ecosystem: string, type: string, data: object): Promise<void> {
  await insertEvent(tx, ecosystem, type, JSON.stringify(data))
}

/** An event that has a number. */
export interface NumberedEvent {
  readonly id: string
  readonly ecosystem_id: string
  readonly seq: number
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
  readonly created_at: Date
}

const columns = 'id, ecosystem_id, seq, type, data, created_at'

/**
 * Gives the oldest events without a number the next ones of their ecosystems. The ecosystem's row
 * is what keeps two from giving the same.
 */
export const numberEvents = statement<NumberedEvent, [limit: number]>(
  'events-number',
  `with waiting as (
     select position, ecosystem_id from events where seq is null order by position limit $1
   ),
   placed as (
     select position, ecosystem_id,
       row_number() over (partition by ecosystem_id order by position) as place
     from waiting
   ),
   counted as (select ecosystem_id, count(*) as events from waiting group by ecosystem_id),
   moved as (
     update ecosystems set last_seq = last_seq + counted.events
     from counted where ecosystems.id = counted.ecosystem_id
     returning ecosystems.id as ecosystem_id, last_seq - counted.events as before
   )
   update events set seq = moved.before + placed.place
   from placed join moved using (ecosystem_id)
   where events.position = placed.position
   returning events.id, events.ecosystem_id, events.seq, type, data, created_at`,
)

/** Events that have a number and of which nobody was told, as a relay that ended left them. */
export const unpublishedEvents = statement<NumberedEvent, [limit: number]>(
  'events-unpublished',
  `select ${columns} from events where seq is not null and published_at is null
   order by position limit $1`,
)

export const markPublished = statement<never, [ids: readonly string[]]>(
  'events-mark-published',
  'update events set published_at = clock_timestamp() where id = any ($1)',
)

/** Events of an ecosystem after one number and up to another, in order. */
export const eventsBetween = statement<
  NumberedEvent,
  [ecosystem: string, after: number, upTo: number, limit: number]
>(
  'events-between',
  `select ${columns} from events
   where ecosystem_id = $1 and seq > $2 and seq <= $3 order by seq limit $4`,
)

/** The latest events of an ecosystem, the newest first. */
export const latestEvents = statement<NumberedEvent, [ecosystem: string, limit: number]>(
  'events-latest',
  `select ${columns} from events
   where ecosystem_id = $1 and seq is not null order by seq desc limit $2`,
)

/** The last number of an ecosystem; none where it is not there. */
export const lastSeqOf = statement<{ last_seq: number }, [ecosystem: string]>(
  'event-last-seq',
  'select last_seq from ecosystems where id = $1',
)
