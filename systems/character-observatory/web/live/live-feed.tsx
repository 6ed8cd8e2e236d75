import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useReconnection } from 'page-kit'
import { useEffect, useReducer, useRef, useState, type Dispatch } from 'react'
import { charactersOf, latestEvents, linksOf, service } from '../api.ts'
import { withEvents, type FeedLine } from '../feed/feed-line.ts'
import {
  freshConnection,
  nextConnection,
  type Connection,
  type ConnectionEvent,
} from './connection.ts'
import type { EcosystemEvent } from './ecosystem-event.ts'
import { createLiveData } from './live-data.ts'
import { openSocket } from './live-socket.ts'

/** What a page hears of an ecosystem. */
export interface Live {
  readonly connection: Connection
  readonly tell: Dispatch<ConnectionEvent>
  /** The newest first; nothing until the first were read. */
  readonly lines: readonly FeedLine[] | null
}

/** Listens to an ecosystem for as long as its page is open. */
export function useLive(ecosystem: string): Live {
  const queryClient = useQueryClient()
  const [connection, tell] = useReducer(nextConnection, navigator.onLine, freshConnection)
  const [lines, setLines] = useState<readonly FeedLine[] | null>(null)
  const lastSeq = useRef(0)
  const { phase } = connection
  useReconnection(connection, tell)
  useEffect(() => {
    if (phase !== 'reading') return undefined
    const left = new AbortController()
    latestEvents(ecosystem, left.signal)
      .then((events) => {
        lastSeq.current = events[0]?.seq ?? 0
        setLines(withEvents([], events.toReversed()))
        readAnew(queryClient, ecosystem)
        tell({ kind: 'read' })
      })
      .catch(() => left.signal.aborted || tell({ kind: 'failed', random: Math.random() }))
    return () => left.abort()
  }, [phase, ecosystem, queryClient])
  const isWanted = phase === 'connecting' || phase === 'live'
  useEffect(() => {
    if (!isWanted) return undefined
    const gathered = gatherEvents(queryClient, ecosystem, setLines)
    const close = openSocket({
      ecosystem,
      lastSeq: lastSeq.current,
      onConnected: (reconnection) => tell({ kind: 'connected', reconnection }),
      onEvent(event) {
        // What was sent again is here already.
        if (event.seq <= lastSeq.current) return
        lastSeq.current = event.seq
        gathered.heard(event)
      },
      onLeftBehind: () => tell({ kind: 'left_behind' }),
      onFailed() {
        tell({ kind: 'failed', random: Math.random() })
        // It may be that nobody is signed in any more.
        void queryClient.invalidateQueries(service.session)
      },
    })
    return () => {
      close()
      gathered.stop()
    }
  }, [isWanted, ecosystem, queryClient])
  return { connection, tell, lines }
}

/** What was read before the latest events may be older than they are. */
function readAnew(queryClient: QueryClient, ecosystem: string): void {
  for (const { queryKey } of [charactersOf(ecosystem), linksOf(ecosystem)]) {
    if (queryClient.getQueryData(queryKey) !== undefined) {
      void queryClient.invalidateQueries({ queryKey })
    }
  }
}

const gatherMs = 50

/** Takes what is told within a moment together, so that a burst is drawn once. */
function gatherEvents(
  queryClient: QueryClient,
  ecosystem: string,
  setLines: Dispatch<(lines: readonly FeedLine[] | null) => readonly FeedLine[]>,
): { heard(event: EcosystemEvent): void; stop(): void } {
  const data = createLiveData(queryClient, ecosystem)
  let events: EcosystemEvent[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const tellAll = (): void => {
    const told = events
    events = []
    timer = undefined
    if (told.length === 0) return
    data.heard(told)
    setLines((lines) => withEvents(lines ?? [], told))
  }
  return {
    heard(event) {
      events.push(event)
      timer ??= setTimeout(tellAll, gatherMs)
    },
    stop() {
      clearTimeout(timer)
      tellAll()
      data.stop()
    },
  }
}
