import type { Pool } from 'pg'
import type { RedisClient } from 'service-kit'
import type { Channel } from '../../message/channel.ts'
import { seqOfStreamId, streamIdOf } from '../../message/envelope.ts'
import { entryFrom, problemOf } from '../intake/entry.ts'
import { readMessages } from '../store/notice.ts'

/** A message as it is handed on. */
export interface Told {
  readonly channel: Channel
  readonly seq: number
  /** The envelope as JSON. */
  readonly text: string
}

const pageSize = 500

/** Where messages are found that were told before. */
export interface Archive {
  /**
   * The messages of a channel after one number and up to another, in order: from the database, and
   * from the stream what the database does not have yet. What is in neither was lost or given up.
   */
  between(channel: Channel, after: number, upTo: number): AsyncGenerator<Told[]>
  /** The number of the last message in a channel's stream. */
  lastSeq(channel: Channel): Promise<number>
}

/** An archive over the notices and the streams. */
export function createArchive(pool: Pool, redis: RedisClient): Archive {
  return {
    async *between(channel, after, upTo) {
      let reached = after
      while (reached < upTo) {
        const page = await readMessages(pool, channel, reached, upTo, pageSize)
        if (page.length === 0) break
        yield page.map(({ seq, message }) => ({ channel, seq, text: message }))
        reached = page.at(-1)?.seq ?? upTo
      }
      while (reached < upTo) {
        const [start, end] = [streamIdOf(reached + 1), streamIdOf(upTo)]
        const page = (await redis.xRange(channel, start, end, { COUNT: pageSize })) ?? []
        if (page.length === 0) return
        const entries = page.map((each) => entryFrom(channel, each))
        yield entries.filter((entry) => problemOf(entry) === undefined)
        reached = entries.at(-1)?.seq ?? upTo
      }
    },
    async lastSeq(channel) {
      try {
        return seqOfStreamId((await redis.xInfoStream(channel))['last-generated-id'])
      } catch (error) {
        if (error instanceof Error && error.message.includes('no such key')) return 0
        throw error
      }
    },
  }
}
