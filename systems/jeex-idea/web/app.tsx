import { useMutation, useQuery } from '@tanstack/react-query'
import { Empty, ErrorBanner, PageHead, Shell, SkeletonCards } from 'page-kit'
import type { ReactNode } from 'react'
import { service } from './api.ts'
import { MonitorPage } from './monitor/monitor-page.tsx'
import { Logo } from './part/logo.tsx'
import { SignInPage } from './sign-in-page.tsx'

/** The pages; without a session there is only the way in. */
export function App(): ReactNode {
  const { data, error, refetch } = useQuery(service.session)
  const signOut = useMutation({
    mutationFn: () => service.client.send('DELETE', '/auth/session'),
    onSuccess: () => service.beginSession(null),
  })
  if (data === undefined) {
    return (
      <main className="page-alone">
        {error ? (
          <ErrorBanner error={error} onRetry={() => void refetch()} />
        ) : (
          <SkeletonCards count={2} height="14rem" column="22rem" />
        )}
      </main>
    )
  }
  const { user } = data
  if (user === null) return <SignInPage />
  return (
    <Shell
      brand="JEEX Idea"
      logo={<Logo />}
      home="/"
      entries={[{ path: '/', name: 'Monitoring', icon: 'pulse' }]}
      person={{ name: user.name, role: user.role === 'operator' ? 'Operator' : 'User' }}
      onSignOut={() => signOut.mutate()}
    >
      {user.role === 'operator' ? <MonitorPage /> : <NotForUsers />}
    </Shell>
  )
}

function NotForUsers(): ReactNode {
  return (
    <>
      <PageHead title="Nothing here" />
      <div className="card">
        <Empty icon="info" title="The monitoring is for operators">
          Projects, documents and executions are reached through the API at /docs.
        </Empty>
      </div>
    </>
  )
}
