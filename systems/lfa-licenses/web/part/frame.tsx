import { Shell, type NavEntry } from 'page-kit'
import type { ReactNode } from 'react'
import { service, type User } from '../api.ts'
import { Logo } from './logo.tsx'

const roleNames = { STUDENT: 'Student', INSTRUCTOR: 'Instructor', ADMIN: 'Admin' } as const

/** Where each role starts. */
export const homeOf = { STUDENT: '/licenses', INSTRUCTOR: '/teach', ADMIN: '/admin' } as const

const entriesOf: Readonly<Record<User['role'], readonly NavEntry[]>> = {
  STUDENT: [
    { path: '/licenses', name: 'Licences', icon: 'card' },
    { path: '/semesters', name: 'Semesters', icon: 'calendar' },
    { path: '/skills', name: 'Skills', icon: 'chart' },
    { path: '/credits', name: 'Credits', icon: 'coin' },
    { path: '/certificates', name: 'Certificates', icon: 'medal' },
  ],
  INSTRUCTOR: [
    { path: '/teach', name: 'Sessions', icon: 'check' },
    { path: '/teach/students', name: 'Students', icon: 'people' },
    { path: '/teach/promotions', name: 'Promotions', icon: 'rise' },
  ],
  ADMIN: [
    { path: '/admin', name: 'Overview', icon: 'home' },
    { path: '/admin/health', name: 'System health', icon: 'pulse' },
    { path: '/admin/payments', name: 'Payments', icon: 'coin' },
    { path: '/admin/promotions', name: 'Promotions', icon: 'rise' },
    { path: '/admin/expiring', name: 'Expiring', icon: 'clock' },
    { path: '/admin/repair', name: 'Repair', icon: 'wrench' },
    { path: '/admin/audit', name: 'Audit trail', icon: 'list' },
  ],
}

/** The frame around the pages of somebody who is signed in. */
export function Frame({
  user,
  children,
}: {
  readonly user: User
  readonly children: ReactNode
}): ReactNode {
  return (
    <Shell
      brand="LFA licences"
      logo={<Logo />}
      home={homeOf[user.role]}
      entries={entriesOf[user.role]}
      person={{ name: user.name, role: roleNames[user.role] }}
      service={service}
    >
      {children}
    </Shell>
  )
}
