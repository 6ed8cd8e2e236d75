import { useEffect, type Dispatch } from 'react'

/** The part of a page's live connection that decides about coming back. */
export interface Reconnecting {
  readonly phase: string
  /** How long a try is waited for in the phase `waiting`. */
  readonly retryInMs: number
}

/** What tells a live connection to come back, or not to try. */
export interface ReconnectionEvent {
  readonly kind: 'retry_due' | 'went_offline' | 'came_online'
}

/** Tells a live connection when its next try is due, and when the browser's network goes and comes. */
export function useReconnection(
  { phase, retryInMs }: Reconnecting,
  tell: Dispatch<ReconnectionEvent>,
): void {
  useEffect(() => {
    if (phase !== 'waiting') return undefined
    const timer = setTimeout(() => tell({ kind: 'retry_due' }), retryInMs)
    return () => clearTimeout(timer)
  }, [phase, retryInMs, tell])
  useEffect(() => {
    const left = (): void => tell({ kind: 'went_offline' })
    const back = (): void => tell({ kind: 'came_online' })
    addEventListener('offline', left)
    addEventListener('online', back)
    return () => {
      removeEventListener('offline', left)
      removeEventListener('online', back)
    }
  }, [tell])
}
