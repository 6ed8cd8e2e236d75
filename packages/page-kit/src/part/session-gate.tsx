import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Service } from '../data/service.ts'
import { ErrorBanner } from './banner.tsx'
import { PageSkeleton } from './skeleton.tsx'

/** The pages of who is signed in; without a session there is only the way in. */
export function SessionGate<User>({
  service,
  signIn,
  children,
}: {
  readonly service: Service<User>
  /** Where everyone begins. */
  readonly signIn: ReactNode
  readonly children: (user: User) => ReactNode
}): ReactNode {
  const { data, error, refetch } = useQuery(service.session)
  if (data === undefined) {
    return (
      <main className="page-alone">
        {error ? <ErrorBanner error={error} onRetry={() => void refetch()} /> : <PageSkeleton />}
      </main>
    )
  }
  return data.user === null ? signIn : children(data.user)
}
