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
 * Gives the oldest events without a number the next ones of their ecosystems, which publishes them.
 * The ecosystem's row is what keeps two from giving the same.
 */
export const numberEvents = statement<NumberedEvent, [limit: number]>(
  'events-number',
  `with waiting as (
     select id, position, ecosystem_id from events where seq is null order by position limit $1
   ),
   placed as (
     select id, ecosystem_id,
       row_number() over (partition by ecosystem_id order by position) as place
     from waiting
   ),
   counted as (select ecosystem_id, count(*) as events from waiting group by ecosystem_id),
   moved as (
     update ecosystems set last_seq = last_seq + counted.events
     from counted where ecosystems.id = counted.ecosystem_id
     returning ecosystems.id as ecosystem_id, last_seq - counted.events as before
   )
   update events set seq = moved.before + placed.place, published_at = clock_timestamp()
   from placed join moved using (ecosystem_id)
   where events.id = placed.id
   returning events.id, events.ecosystem_id, events.seq, type, data, created_at`,
)

/** Published events of which Redis was not told, as a relay that ended left them. */
export const untoldEvents = statement<NumberedEvent, [limit: number]>(
  'events-untold',
  `select events.id, ecosystem_id, seq, type, data, events.created_at
   from ecosystems join events on ecosystem_id = ecosystems.id and seq > told_seq
   where told_seq < last_seq order by ecosystem_id, seq limit $1`,
)

/** Keeps up to which number of each ecosystem Redis was told. */
export const keepTold = statement<never, [ecosystems: readonly string[], seqs: readonly number[]]>(
  'events-keep-told',
  `update ecosystems set told_seq = told.seq
   from unnest($1::uuid[], $2::bigint[]) as told (id, seq)
   where ecosystems.id = told.id and told_seq < told.seq`,
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
