import type { Session } from '../session.ts'
import { lookAt, watchBacklogOf, type BacklogLook, type BacklogWatch } from './backlog.ts'
import { appendTo, publishOn, type Published } from './publication.ts'
import { openReceiver, type Receiver, type ReceiverOptions } from './receiver.ts'
import { connect, type Reach, type Redis, type RedisPlace } from './redis.ts'
import { readStreams, type ReadOptions } from './stream.ts'
import { subscribeTo } from './subscription.ts'

/** An entry of a stream, as it is. */
export interface StreamEntry {
  readonly id: string
  readonly fields: Readonly<Record<string, string>>
}

/** Listens to a system's messages over Redis, and keeps account of them. */
export interface Messages {
  /**
   * Listens to channels by publish and subscribe; a name with `*` is a pattern. Resolves when Redis
   * has confirmed: what is published from then on is heard.
   */
  subscribe(
    channels: string | readonly string[],
    options: ReceiverOptions & Reach,
  ): Promise<Receiver>
  /** Reads streams from their beginning and goes on, alone or as a member of a group. */
  read(
    streams: string | readonly string[],
    options: ReceiverOptions & ReadOptions & Reach,
  ): Promise<Receiver>
  /** Publishes on a channel, as JSON; the output is how many subscribers it reached. */
  publish(channel: string, body: unknown): Promise<Published<number>>
  /**
   * Adds an entry to a stream; the output is its id.
   *
   * @param id `*`, chosen by Redis, unless given
   */
  append(
    stream: string,
    fields: Readonly<Record<string, string>>,
    id?: string,
  ): Promise<Published<string>>
  /** The entries of a stream, oldest first. */
  entries(stream: string, options?: { readonly count?: number }): Promise<readonly StreamEntry[]>
  /** What a group has before it now; undefined when the stream or the group is not there. */
  backlog(stream: string, group: string): Promise<BacklogLook | undefined>
  /** Watches what a group has before it. */
  watchBacklog(
    stream: string,
    group: string,
    options?: { readonly everyMs?: number },
  ): Promise<BacklogWatch>
  /** The raw client, for what is not here; closed with the instrument. */
  redis(reach?: Reach): Promise<Redis>
  /** Ends every receiver and every connection. */
  close(): Promise<void>
}

/** Opens the instrument; it connects when it is first used. */
export function createMessages(session: Session, place: RedisPlace): Messages {
  const receivers: Receiver[] = []
  const clients = new Map<string, Promise<Redis>>()
  const redis = (reach: Reach = {}): Promise<Redis> => {
    const name = `${reach.through ?? 'direct'}/${reach.database ?? ''}`
    const client = clients.get(name) ?? connect(place, reach)
    clients.set(name, client)
    return client
  }
  const keep = async (opening: Promise<Receiver>): Promise<Receiver> => {
    const receiver = await opening
    receivers.push(receiver)
    return receiver
  }
  return {
    redis,
    subscribe: (to, options) => {
      const channels = [to].flat()
      return keep(
        openReceiver(session, channels.join(' '), options, (hearing) =>
          subscribeTo(channels, { place, reach: options }, hearing),
        ),
      )
    },
    read: (from, options) => {
      const streams = [from].flat()
      const way = { place, reach: options, heardUpTo: new Map(), owed: new Map() }
      return keep(
        openReceiver(session, streams.join(' '), options, (hearing) =>
          readStreams(streams, options, way, hearing),
        ),
      )
    },
    publish: async (channel, body) => publishOn(await redis(), channel, body),
    append: async (stream, fields, id = '*') => appendTo(await redis(), stream, fields, id),
    entries: async (stream, { count } = {}) => {
      const client = await redis()
      const limits = count === undefined ? {} : { COUNT: count }
      const entries = await client.xRange(stream, '-', '+', limits)
      return (entries ?? []).map(({ id, message }) => ({ id, fields: { ...message } }))
    },
    backlog: async (stream, group) => lookAt(await redis(), stream, group),
    watchBacklog: async (stream, group, { everyMs = 50 } = {}) =>
      watchBacklogOf(await redis(), stream, group, everyMs),
    close: async () => {
      for (const receiver of receivers.splice(0)) await receiver.close()
      for (const client of clients.values()) (await client).destroy()
      clients.clear()
    },
  }
}
