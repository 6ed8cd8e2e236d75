import { QueryClient, type UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorBanner } from '../part/banner.tsx'
import { ApiError } from './client.ts'

const retryAfterMs = 500

/** Keeps what was read; asks once more only where that may help. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retryDelay: retryAfterMs,
        retry: (failures, error) =>
          failures < 1 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
      },
    },
  })
}

/**
 * What a query has: a skeleton until it has answered, an error that can be tried again, or its
 * data; what was read before stays when reading it again fails.
 */
export function Loaded<Data>({
  query,
  skeleton,
  children,
}: {
  readonly query: UseQueryResult<Data>
  /** Takes as much room as what it stands for. */
  readonly skeleton: ReactNode
  readonly children: (data: Data) => ReactNode
}): ReactNode {
  const { data, error, refetch } = query
  const banner = error ? (
    <ErrorBanner error={error} stale={data !== undefined} onRetry={() => void refetch()} />
  ) : null
  if (data === undefined) {
    if (banner) return banner
    return (
      <div aria-busy="true">
        <span className="visually-hidden" role="status">
          Loading
        </span>
        {skeleton}
      </div>
    )
  }
  if (!banner) return children(data)
  return (
    <div className="stack">
      {banner}
      {children(data)}
    </div>
  )
}
