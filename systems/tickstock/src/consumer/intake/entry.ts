import { z } from 'zod'
import type { Channel } from '../../message/channel.ts'
import { envelope, messageField, seqOfStreamId } from '../../message/envelope.ts'
import { payloads } from '../../message/payload.ts'

/** An entry of a channel's stream, as it was read. */
export interface Entry {
  readonly channel: Channel
  /** The entry's id in the stream. */
  readonly id: string
  readonly seq: number
  /** The message as JSON; empty when the entry holds none. */
  readonly text: string
}

const reasonLengthMax = 500

/** Makes an entry of what Redis gives. */
export function entryFrom(
  channel: Channel,
  found: { readonly id: string; readonly message: Readonly<Record<string, string>> },
): Entry {
  const text = found.message[messageField] ?? ''
  return { channel, id: found.id, seq: seqOfStreamId(found.id), text }
}

/** Says why an entry's message is not one that may be noted; nothing when it is. */
export function problemOf({ channel, seq, text }: Entry): string | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return shortened(`not JSON: ${(error as Error).message}`)
  }
  const message = envelope.safeParse(json)
  if (!message.success) return shortened(`envelope: ${z.prettifyError(message.error)}`)
  if (message.data.channel !== channel) return shortened(`is of channel ${message.data.channel}`)
  if (message.data.seq !== seq) return `says number ${message.data.seq} in the place of ${seq}`
  const payload = payloads[channel].safeParse(message.data.payload)
  return payload.success ? undefined : shortened(`payload: ${z.prettifyError(payload.error)}`)
}

const shortened = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, reasonLengthMax)
