import { useQueryClient } from '@tanstack/react-query'
import { useReconnection } from 'page-kit'
import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useReducer,
  useRef,
  type Dispatch,
  type ReactNode,
} from 'react'
import { latestNotices, service } from '../api.ts'
import {
  freshConnection,
  nextConnection,
  type Connection,
  type ConnectionEvent,
} from './connection.ts'
import { openSocket } from './live-socket.ts'
import { createRefresher } from './refresher.ts'

interface Live {
  readonly connection: Connection
  readonly tell: Dispatch<ConnectionEvent>
}

const LiveContext = createContext<Live | null>(null)

/** Where the page stands with the service's news: `const { connection } = useLive()`. */
export function useLive(): Live {
  const live = useContext(LiveContext)
  if (live === null) throw new Error('useLive stands outside of LiveFeed')
  return live
}

/** Keeps the connection over which the service tells its news, one for all pages. */
export function LiveFeed({ children }: { readonly children: ReactNode }): ReactNode {
  const [connection, tell] = useReducer(nextConnection, navigator.onLine, freshConnection)
  useReconnection(connection, tell)
  useLatest(connection, tell)
  useSocket(connection, tell)
  const live = useMemo(() => ({ connection, tell }), [connection])
  return <LiveContext value={live}>{children}</LiveContext>
}

function useLatest({ phase, isBehind }: Connection, tell: Live['tell']): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    if (phase !== 'reading') return undefined
    const left = new AbortController()
    latestNotices()
      .queryFn({ signal: left.signal })
      .then(
        ({ items, positions }) => {
          tell({ kind: 'read', notices: items, positions })
          // Nobody said which of the pages' data has changed meanwhile.
          if (isBehind) void queryClient.invalidateQueries()
        },
        () => left.signal.aborted || tell({ kind: 'failed', random: Math.random() }),
      )
    return () => left.abort()
  }, [phase, isBehind, queryClient, tell])
}

function useSocket({ phase, positions }: Connection, tell: Live['tell']): void {
  const queryClient = useQueryClient()
  const here = useRef(positions)
  useEffect(() => {
    here.current = positions
  }, [positions])
  const isWanted = phase === 'connecting' || phase === 'live'
  useEffect(() => {
    if (!isWanted) return undefined
    const refresher = createRefresher(queryClient)
    const close = openSocket({
      positions: () => here.current ?? {},
      tell(event) {
        tell(event)
        if (event.kind === 'noticed') refresher.heard(event.notice.channel)
        // It may be that nobody is signed in any more.
        if (event.kind === 'failed') void queryClient.invalidateQueries(service.session)
      },
    })
    return () => {
      refresher.stop()
      close()
    }
  }, [isWanted, queryClient, tell])
}
