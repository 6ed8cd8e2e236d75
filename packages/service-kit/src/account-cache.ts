import type { Account, FindAccount } from './auth.ts'

/** Remembers for a moment what each account is. */
export interface AccountCache {
  readonly find: FindAccount
  /** Makes the next look ask again; for whoever has just changed or closed an account. */
  forget(subject: string): void
}

const entriesMax = 50_000

/**
 * Asks `findAccount` at most once per account and `keepMs`. A change made by another process is
 * seen after `keepMs` at the latest; at once by who shows a later epoch than is remembered.
 */
export function accountCache(
  findAccount: (subject: string) => Promise<Account | undefined>,
  keepMs: number,
): AccountCache {
  const known = new Map<string, { account: Account | undefined; untilMs: number }>()
  let forgotten = 0
  return {
    find(subject, epochMin) {
      const entry = known.get(subject)
      const isOver = entry?.account !== undefined && entry.account.epoch < epochMin
      if (entry && !isOver && entry.untilMs > performance.now()) return entry.account
      const before = forgotten
      return findAccount(subject).then((account) => {
        // What was asked before something changed may be what it was before.
        if (forgotten !== before) return account
        if (known.size >= entriesMax) known.clear()
        known.set(subject, { account, untilMs: performance.now() + keepMs })
        return account
      })
    },
    forget(subject) {
      forgotten += 1
      known.delete(subject)
    },
  }
}
