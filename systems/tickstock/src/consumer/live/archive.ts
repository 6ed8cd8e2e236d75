import type { Pool } from 'pg'
import type { Archive, RedisClient } from 'service-kit'
import type { Channel } from '../../message/channel.ts'
import { seqOfStreamId, streamIdOf } from '../../message/envelope.ts'
import { entryFrom, problemOf } from '../intake/entry.ts'
import { readMessages } from '../store/notice.ts'

const pageSize = 500

/**
 * Where messages are found that were told before: in the database, and in the stream what the
 * database does not have yet. What is in neither was lost or given up.
 */
export function createArchive(pool: Pool, redis: RedisClient): Archive<Channel> {
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
