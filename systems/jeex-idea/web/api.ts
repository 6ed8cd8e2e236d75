import type { QueryKey } from '@tanstack/react-query'
import { createClient, createQueryClient, type Wire } from 'page-kit'
import type { Dashboard } from '../src/schema/monitor.ts'
import type { UserRow } from '../src/schema/user.ts'

export type User = Wire<UserRow>
export type DashboardView = Wire<Dashboard>
export type BackupView = DashboardView['backup']['backups'][number]

export const queryClient = createQueryClient()

/** The service that served this page. */
export const client = createClient('', () => beginSession(null))

/** Somebody else looks at the pages from now on: what was read for the one before is forgotten. */
export function beginSession(user: User | null): void {
  queryClient.setQueryData(session.queryKey, { user })
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== session.queryKey[0] })
}

interface Question<Answer> {
  readonly queryKey: QueryKey
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<Answer>
}

/** Who is signed in; everything else on the pages follows from it. */
export const session: Question<{ readonly user: User | null }> = {
  queryKey: ['session'],
  queryFn: ({ signal }) => client.get('/auth/session', {}, signal),
}

export const dashboard: Question<DashboardView> = {
  queryKey: ['dashboard'],
  queryFn: ({ signal }) => client.get('/database/monitoring/dashboard', {}, signal),
}
