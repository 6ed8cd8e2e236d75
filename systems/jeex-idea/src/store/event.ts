import { statement } from 'service-kit'

/** One change, as listeners are told of it. */
export interface EventRow {
  readonly id: string
  /** The transaction that made it; listeners go by these. */
  readonly xid: string
  readonly action: string
  readonly entity: string
  readonly entity_id: string
  readonly after: unknown
  readonly correlation_id: string | null
  readonly at: Date
}

/** Where listening starts: what is under way by now is told, and all that comes after it. */
export const eventStart = statement<{ xid: string }, []>(
  'event-start',
  'select pg_snapshot_xmin(pg_current_snapshot())::text as xid',
)

/**
 * What was changed after an event, in order, as much as one likes to hold at once: about 256 kB, or
 * one event that is larger. Transactions that others may still overtake are left for the next look,
 * so that no event is skipped.
 */
export const eventsAfter = statement<EventRow, [string, string, xid: string, id: string]>(
  'event-after',
  `select id, changed_xid::text as xid, action, entity, entity_id, after, correlation_id, at
   from (
     select *, sum(octet_length(after::text)) over (
       order by changed_xid, id rows between unbounded preceding and 1 preceding
     ) as bytes_before
     from (
       select id, changed_xid, action, entity, entity_id, after, correlation_id, at
       from audit_log
       where project_id = $1 and owner_id = $2 and (changed_xid, id) > ($3::text::xid8, $4::uuid)
         and changed_xid < pg_snapshot_xmin(pg_current_snapshot())
       order by changed_xid, id limit 20
     )
   )
   where coalesce(bytes_before, 0) < 262144 order by changed_xid, id`,
)
