import { envelopeVersion } from '../../message/envelope.ts'
import type { NumberedMessage } from '../store/outbox.ts'
import type { Entry } from './stream.ts'

/** What the messages' field `service` says. */
const service = 'tickstock-producer'

/** The envelope of a message. Its payload is JSON already and is put in as it is. */
export function entryOf(message: NumberedMessage): Entry {
  const { id, channel, seq, said_at: timestamp, event_type, payload, published } = message
  const version = envelopeVersion
  const head = JSON.stringify({ id, channel, seq, timestamp, service, event_type, version })
  return { seq, tell: !published, text: `${head.slice(0, -1)},"payload":${payload}}` }
}
