import { Empty, PageHead, SessionGate, Shell } from 'page-kit'
import type { ReactNode } from 'react'
import { service } from './api.ts'
import { MonitorPage } from './monitor/monitor-page.tsx'
import { Logo } from './part/logo.tsx'
import { SignInPage } from './sign-in-page.tsx'

/** The pages; without a session there is only the way in. */
export function App(): ReactNode {
  return (
    <SessionGate service={service} signIn={<SignInPage />}>
      {(user) => (
        <Shell
          brand="JEEX Idea"
          logo={<Logo />}
          home="/"
          entries={[{ path: '/', name: 'Monitoring', icon: 'pulse' }]}
          person={{ name: user.name, role: user.role === 'operator' ? 'Operator' : 'User' }}
          service={service}
        >
          {user.role === 'operator' ? <MonitorPage /> : <NotForUsers />}
        </Shell>
      )}
    </SessionGate>
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
