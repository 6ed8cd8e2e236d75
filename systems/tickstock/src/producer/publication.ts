import { statement, type Sql } from 'service-kit'
import type { Channel } from '../message/channel.ts'
import { payloads, type Payload } from '../message/payload.ts'

const publishMessages = statement<
  { id: string },
  [channel: string, eventType: string, payloads: string[]]
>(
  'publish-messages',
  `select publish_message($1, $2, payload::jsonb) as id
   from (
     select payload from unnest($3::text[]) with ordinality as given (payload, place) order by place
   ) as said`,
)

/**
 * Tells something on a channel once the transaction `tx` commits: it is written to the outbox, and
 * the relay sends it. Gives the message's id. A payload that the channel's schema refuses is a
 * fault of the caller and throws.
 */
export async function publish<Name extends Channel>(
  tx: Sql,
  channel: Name,
  eventType: string,
  payload: Payload<Name>,
): Promise<string> {
  const [id] = await publishAll(tx, channel, eventType, [payload])
  if (id === undefined) throw new Error('publish_message gave no id')
  return id
}

/** The same for several, which are told in this order; in one statement, however many. */
export async function publishAll<Name extends Channel>(
  tx: Sql,
  channel: Name,
  eventType: string,
  said: readonly Payload<Name>[],
): Promise<string[]> {
  const checked = said.map((payload) => JSON.stringify(payloads[channel].parse(payload)))
  const rows = await publishMessages(tx, channel, eventType, checked)
  return rows.map(({ id }) => id)
}
