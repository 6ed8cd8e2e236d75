import { setTimeout as delay } from 'node:timers/promises'
import { ErrorReply } from '@redis/client'
import { until } from '../../kernel/clock.ts'
import { openMember, type GroupMember, type GroupProgress } from './group.ts'
import { openReading } from './reading.ts'
import { settleMsMax, type Hearing, type Listening } from './receiver.ts'
import { connect, type Reach, type Redis, type RedisPlace } from './redis.ts'

export interface ReadOptions {
  /** The id after which to begin; `0`, the beginning, unless given. `$` is what comes from now on. */
  readonly from?: string
  /** The field that holds the message as JSON; the only one of the entry unless given. */
  readonly field?: string
  /** Reads as a member of a group, which is made when it is not there, and acknowledges. */
  readonly group?: GroupMember
}

const afterRefusalMs = 20

/** Where to read, and how far that has come. */
export interface Way extends GroupProgress {
  readonly place: RedisPlace
  readonly reach: Reach
}

/**
 * Reads streams from an id on and goes on reading. After the connection was lost it goes on where it
 * was: without a group after the last entry it heard, in a group with what it has not acknowledged.
 */
export async function readStreams(
  streams: readonly string[],
  options: ReadOptions,
  { place, reach, heardUpTo, owed }: Way,
  hearing: Hearing,
): Promise<Listening> {
  const client = await connect(place, reach, hearing)
  // What it asks is about Redis, whatever happens to the way there.
  const looker = await connect(place, { ...reach, through: 'direct' })
  const { from = '0', group } = options
  for (const stream of streams) {
    const begin = from === '$' ? await lastIdOf(looker, stream) : from
    heardUpTo.set(stream, heardUpTo.get(stream) ?? begin)
  }
  const reading = group
    ? await openMember(client, looker, group, { heardUpTo, owed })
    : openReading(client, heardUpTo)
  const closed = new AbortController()
  const follow = async (): Promise<void> => {
    while (!closed.signal.aborted) {
      try {
        const answers = await reading.next()
        for (const { name, messages } of answers) {
          for (const { id, message } of messages) {
            hearing.hear(name, textOf(message, options.field), id)
          }
        }
        await reading.heard(answers)
      } catch (error) {
        // A lost connection ends a command that waits, and the next one waits for the connection.
        if (error instanceof ErrorReply) await delay(afterRefusalMs)
      }
    }
  }
  void follow()
  return {
    settle: async () => {
      const goals = await Promise.all(
        streams.map(async (stream) => [stream, await lastIdOf(looker, stream)] as const),
      )
      const hasAll = async (): Promise<true | undefined> => {
        for (const [stream, id] of goals) if (!(await reading.hasAll(stream, id))) return undefined
        return true
      }
      await until(hasAll, { timeoutMs: settleMsMax, everyMs: 2 })
    },
    close: () => {
      closed.abort()
      client.destroy()
      looker.destroy()
    },
  }
}

/** The id of the last entry that was ever added, `0` when there is no stream. */
async function lastIdOf(client: Redis, stream: string): Promise<string> {
  if ((await client.exists(stream)) === 0) return '0'
  return (await client.xInfoStream(stream))['last-generated-id']
}

function textOf(message: Readonly<Record<string, string>>, field: string | undefined): string {
  const fields = Object.keys(message)
  const only = field ?? (fields.length === 1 ? fields[0] : undefined)
  return only === undefined ? JSON.stringify(message) : (message[only] ?? '')
}
