import { ErrorReply } from '@redis/client'
import type { Redis } from './redis.ts'
import { entriesAtOnce, isBefore, type Answers, type Reading } from './reading.ts'

/** A consumer of a group. */
export interface GroupMember {
  readonly name: string
  readonly consumer: string
}

/** How far a group has come, by stream; it outlives the connection of its member. */
export interface GroupProgress {
  /** The last id that was heard. What stands here is not begun with again. */
  readonly heardUpTo: Map<string, string>
  /** What was heard and is not acknowledged yet. */
  readonly owed: Map<string, string[]>
}

/**
 * Reads as a member of a group: first what it was given before and has not acknowledged, then what
 * is new. What it heard is acknowledged before anything else is read, so that nothing is heard twice
 * on its own account.
 */
export async function openMember(
  client: Redis,
  looker: Redis,
  { name: group, consumer }: GroupMember,
  { heardUpTo, owed }: GroupProgress,
): Promise<Reading> {
  let isOwed = true
  const join = async (): Promise<void> => {
    for (const [stream, id] of heardUpTo) await joinGroup(client, stream, group, id)
  }
  await join()
  const give = async (): Promise<Answers> => {
    const wanted = [...heardUpTo.keys()].map((key) => ({ key, id: isOwed ? '0' : '>' }))
    const limits = { COUNT: entriesAtOnce, ...(isOwed ? {} : { BLOCK: 0 }) }
    const answers = (await client.xReadGroup(group, consumer, wanted, limits)) ?? []
    isOwed &&= answers.some(({ messages }) => messages.length > 0)
    return answers
  }
  const acknowledge = async (): Promise<void> => {
    for (const [stream, ids] of owed) {
      await client.xAck(stream, group, ids)
      owed.delete(stream)
    }
  }
  return {
    next: async () => {
      try {
        await acknowledge()
        return await give()
      } catch (error) {
        isOwed = true
        if (error instanceof ErrorReply && error.message.startsWith('NOGROUP')) await join()
        throw error
      }
    },
    heard: async (answers) => {
      for (const { name, messages } of answers) {
        const ids = messages.map(({ id }) => id)
        const last = ids.at(-1)
        if (last === undefined) continue
        heardUpTo.set(name, last)
        owed.set(name, ids)
      }
      await acknowledge()
    },
    hasAll: async (stream, id) => {
      const groups = await looker.xInfoGroups(stream).catch(() => [])
      const ours = groups.find(({ name }) => name === group)
      if (!ours || isBefore(ours['last-delivered-id'], id)) return false
      const { consumers } = await looker.xPending(stream, group)
      return !consumers?.some(({ name }) => name === consumer)
    },
  }
}

async function joinGroup(
  client: Redis,
  stream: string,
  group: string,
  from: string,
): Promise<void> {
  try {
    await client.xGroupCreate(stream, group, from, { MKSTREAM: true })
  } catch (error) {
    if (!(error instanceof ErrorReply && error.message.startsWith('BUSYGROUP'))) throw error
  }
}
