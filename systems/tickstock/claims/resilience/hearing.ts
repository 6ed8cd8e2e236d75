import { setTimeout as delay } from 'node:timers/promises'
import type { Sql } from 'etalon'

/** Tells when the consumer has noted a message, for many who wait at once. */
export interface Hearing {
  /** Resolves when the message is noted, or with false when it was not in time. */
  readonly isNoted: (messageId: string, withinMs: number) => Promise<boolean>
}

const everyMs = 15

/** Runs `work`, to which it tells what is heard meanwhile. */
export async function whileHearing<Result>(
  sql: Sql,
  work: (hearing: Hearing) => Promise<Result>,
): Promise<Result> {
  const { stop, ...hearing } = hear(sql)
  try {
    return await work(hearing)
  } finally {
    await stop()
  }
}

/** Looks for all messages that somebody waits for, in one question. */
function hear(sql: Sql): Hearing & { readonly stop: () => Promise<void> } {
  const waiting = new Map<string, () => void>()
  const over = new AbortController()
  const look = async (): Promise<void> => {
    const ids = [...waiting.keys()]
    if (ids.length === 0) return
    const rows = await sql.rows<{ id: string }>(
      'select message_id as id from consumer.notices where message_id = any ($1)',
      [ids],
    )
    for (const { id } of rows) waiting.get(id)?.()
  }
  const looking = (async () => {
    while (!over.signal.aborted) {
      // The database may be away: that is what those who wait want to get over.
      await look().catch(() => undefined)
      await delay(everyMs, undefined, { signal: over.signal }).catch(() => undefined)
    }
  })()
  return {
    isNoted: (messageId, withinMs) =>
      new Promise((resolve) => {
        const end = (isNoted: boolean): void => {
          clearTimeout(timer)
          waiting.delete(messageId)
          resolve(isNoted)
        }
        const timer = setTimeout(end, withinMs, false)
        waiting.set(messageId, () => end(true))
      }),
    stop: async () => {
      over.abort()
      await looking
    },
  }
}
