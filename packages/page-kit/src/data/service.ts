import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { createClient, type Client, type Query } from './client.ts'
import { createQueryClient } from './query.tsx'

/** Something to ask the service, as TanStack Query takes it. */
export interface Question<Answer> {
  readonly queryKey: QueryKey
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<Answer>
}

/** The service that served the page, and who is signed in to it. */
export interface Service<User> {
  readonly client: Client
  readonly queryClient: QueryClient
  /** Who is signed in; everything else on the pages follows from it. */
  readonly session: Question<{ readonly user: User | null }>
  /** Somebody else looks at the pages from now on: what was read for the one before is forgotten. */
  readonly beginSession: (user: User | null) => void
  /** Asks for what lies at a path. */
  readonly at: <Answer>(path: string, query?: Query) => Question<Answer>
}

const sessionKey = 'session'

/** @param prefix first part of every path */
export function createService<User>(prefix: string): Service<User> {
  const queryClient = createQueryClient()
  const beginSession = (user: User | null): void => {
    queryClient.setQueryData([sessionKey], { user })
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey })
  }
  const client = createClient(prefix, () => beginSession(null))
  const at = <Answer>(path: string, query: Query = {}): Question<Answer> => ({
    queryKey: [path, query],
    queryFn: ({ signal }) => client.get<Answer>(path, query, signal),
  })
  return {
    client,
    queryClient,
    session: { ...at('/auth/session'), queryKey: [sessionKey] },
    beginSession,
    at,
  }
}
