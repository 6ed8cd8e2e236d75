import { statement } from 'service-kit'

/** Takes the lease for the session, if nobody holds it. */
export const tryLease = statement<{ held: boolean }, [name: string]>(
  'sync-lease-try',
  'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
)

/** Has the server end this session when it says nothing for so long, and with it what it holds. */
export const limitSilence = statement<never, [silence: string]>(
  'sync-lease-limit-silence',
  `select set_config('idle_session_timeout', $1, false),
     set_config('idle_in_transaction_session_timeout', $1, false)`,
)
