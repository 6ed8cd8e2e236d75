import { Shell, type NavEntry } from 'page-kit'
import type { ReactNode } from 'react'
import { service, type UserView } from '../api.ts'
import { paths } from '../path.ts'
import { Logo } from './logo.tsx'

const entries: readonly NavEntry[] = [
  { path: paths.ecosystems, name: 'Ecosystems', icon: 'people' },
]

/** The frame around the pages of somebody who is signed in. */
export function Frame({
  user,
  children,
}: {
  readonly user: UserView
  readonly children: ReactNode
}): ReactNode {
  return (
    <Shell
      brand="Character Observatory"
      logo={<Logo />}
      home={paths.ecosystems}
      entries={entries}
      person={{ name: user.username, role: user.role === 'operator' ? 'Operator' : 'User' }}
      service={service}
    >
      {children}
    </Shell>
  )
}
