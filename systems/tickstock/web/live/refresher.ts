import type { QueryClient } from '@tanstack/react-query'
import type { Channel } from '../../src/message/channel.ts'

const gatherMs = 250

/** What of the API says something else after a message on a channel. */
const pathsOf: Readonly<Partial<Record<Channel, readonly string[]>>> = {
  'tickstock.universe.updated': ['/universes', '/symbols'],
  'tickstock.cache.sync_complete': ['/sync', '/universes', '/symbols'],
  'tickstock.cache.ipo_assignment': ['/universes', '/symbols'],
  'tickstock.cache.delisting_cleanup': ['/universes', '/symbols'],
  'tickstock.scenario.loaded': ['/scenarios'],
}

/** Reads anew what a page shows once a message says that it has changed. */
export interface Refresher {
  heard(channel: string): void
  stop(): void
}

/** A burst of messages makes one reading, after {@link gatherMs}. */
export function createRefresher(queryClient: QueryClient): Refresher {
  const due = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const refresh = (): void => {
    timer = undefined
    const changed = [...due]
    due.clear()
    void queryClient.invalidateQueries({
      predicate: ({ queryKey: [path] }) =>
        typeof path === 'string' && changed.some((one) => path.startsWith(one)),
    })
  }
  return {
    heard(channel) {
      const paths = (pathsOf as Readonly<Record<string, readonly string[]>>)[channel] ?? []
      for (const path of paths) due.add(path)
      if (paths.length > 0) timer ??= setTimeout(refresh, gatherMs)
    },
    stop: () => clearTimeout(timer),
  }
}
