import { setTimeout as delay } from 'node:timers/promises'
import { wallMs } from '../../kernel/clock.ts'
import { isBefore } from './reading.ts'
import type { Redis } from './redis.ts'

/** What a group has before it, at one look. */
export interface BacklogLook {
  readonly atMs: number
  /** Entries in the stream. */
  readonly length: number
  /**
   * Not given to any consumer, as Redis counts it: also what left the stream unread. NaN when Redis
   * cannot tell, after entries were deleted.
   */
  readonly lag: number
  /** Given to a consumer and not acknowledged. */
  readonly pending: number
  /**
   * Left the bounded stream before they were given to anybody: lost to the group. It can be told
   * when the group has read nothing of what is in the stream, and by Redis 7 also when it has read
   * everything; NaN otherwise.
   */
  readonly overflowed: number
}

/** A group's backlog over time; the most of each, NaN where no look could tell it. */
export interface Backlog {
  readonly looks: readonly BacklogLook[]
  readonly lagMax: number
  readonly pendingMax: number
  readonly overflowed: number
}

/** A backlog that is being watched. */
export interface BacklogWatch {
  /** The newest look, undefined before the first one. */
  readonly last: BacklogLook | undefined
  /** Takes a last look and ends. */
  stop(): Promise<Backlog>
}

/** Looks now, and then every so often until it is stopped. A look that fails is left out. */
export function watchBacklogOf(
  client: Redis,
  stream: string,
  group: string,
  everyMs: number,
): BacklogWatch {
  const looks: BacklogLook[] = []
  const over = new AbortController()
  const look = async (): Promise<void> => {
    const found = await lookAt(client, stream, group).catch(() => undefined)
    if (found) looks.push(found)
  }
  const watch = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await look()
      await delay(everyMs, undefined, { signal: over.signal }).catch(() => {})
    }
  }
  const watching = watch()
  return {
    get last() {
      return looks.at(-1)
    },
    stop: async () => {
      over.abort()
      await watching
      await look()
      return backlogOf(looks)
    },
  }
}

function backlogOf(looks: readonly BacklogLook[]): Backlog {
  const most = (of: (look: BacklogLook) => number): number => {
    const told = looks.map(of).filter((value) => !Number.isNaN(value))
    return told.length === 0 ? Number.NaN : Math.max(...told)
  }
  return {
    looks,
    lagMax: most(({ lag }) => lag),
    pendingMax: most(({ pending }) => pending),
    overflowed: most(({ overflowed }) => overflowed),
  }
}

/** One look at a group; undefined when the stream or the group is not there. */
export async function lookAt(
  client: Redis,
  stream: string,
  group: string,
): Promise<BacklogLook | undefined> {
  const [about, groups] = await Promise.all([
    client.xInfoStream(stream),
    client.xInfoGroups(stream),
  ])
  const ours = groups.find(({ name }) => name === group)
  if (!ours) return undefined
  const known: unknown = ours.lag
  const lag = typeof known === 'number' ? known : Number.NaN
  const read = ours['last-delivered-id']
  const first = about['first-entry']?.id
  const hasAll = !isBefore(read, about['last-generated-id'])
  const hasNone = first !== undefined && isBefore(read, first)
  return {
    atMs: wallMs(),
    length: about.length,
    lag,
    pending: ours.pending,
    overflowed: hasAll ? lag : hasNone ? unreadOf(about, ours) - about.length : Number.NaN,
  }
}

/**
 * Added since the group last read, by Redis's own counts where it has them: newer servers than 7.0 count
 * in `lag` only what is still in the stream.
 */
function unreadOf(
  stream: { readonly 'entries-added': number; readonly 'max-deleted-entry-id': string },
  group: { readonly lag: unknown; readonly 'entries-read': number | null },
): number {
  const read = group['entries-read']
  if (read !== null && stream['max-deleted-entry-id'] === '0-0')
    return stream['entries-added'] - read
  return typeof group.lag === 'number' ? group.lag : Number.NaN
}
