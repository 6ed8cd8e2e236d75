import { Shell, type NavEntry } from 'page-kit'
import type { ReactNode } from 'react'
import { service, type UserView } from '../api.ts'
import { LiveFeed } from '../live/live-feed.tsx'
import { ConnectionBanner } from '../live/connection-banner.tsx'
import { paths } from '../path.ts'
import { Logo } from './logo.tsx'

const entries: readonly NavEntry[] = [
  { path: paths.universes, name: 'Universes', icon: 'layers' },
  { path: paths.overlap, name: 'Overlap', icon: 'overlap' },
  { path: paths.notices, name: 'Notifications', icon: 'bell' },
  { path: paths.runs, name: 'Synchronization', icon: 'sync' },
  { path: paths.scenarios, name: 'Scenarios', icon: 'candles' },
]

const operatorEntries: readonly NavEntry[] = [
  ...entries,
  { path: paths.messages, name: 'Messages', icon: 'send' },
]

/** The frame around the pages of somebody who is signed in. */
export function Frame({
  user,
  children,
}: {
  readonly user: UserView
  readonly children: ReactNode
}): ReactNode {
  const isOperator = user.role === 'operator'
  return (
    <Shell
      brand="TickStock"
      logo={<Logo />}
      home={paths.universes}
      entries={isOperator ? operatorEntries : entries}
      person={{ name: user.name, role: isOperator ? 'Operator' : 'Viewer' }}
      service={service}
    >
      <LiveFeed>
        <ConnectionBanner />
        {children}
      </LiveFeed>
    </Shell>
  )
}
