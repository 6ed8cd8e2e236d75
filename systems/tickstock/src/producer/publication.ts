import { statement, type Sql } from 'service-kit'
import type { Channel } from '../message/channel.ts'
import { payloads, type Payload } from '../message/payload.ts'

const publishMessage = statement<
  { id: string },
  [channel: string, eventType: string, payload: string]
>('publish-message', 'select publish_message($1, $2, $3) as id')

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
  const checked = payloads[channel].parse(payload)
  const [row] = await publishMessage(tx, channel, eventType, JSON.stringify(checked))
  if (row === undefined) throw new Error('publish_message gave no id')
  return row.id
}
