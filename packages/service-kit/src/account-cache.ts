/** Remembers for a moment which role each account has. */
export interface AccountCache {
  find(subject: string): Promise<string | undefined> | string | undefined
  /** Makes the next look ask again; for whoever has just changed or closed an account. */
  forget(subject: string): void
}

const entriesMax = 50_000

/**
 * Asks `findRole` at most once per account and `keepMs`. A change made by another process is seen
 * after `keepMs` at the latest.
 */
export function accountCache(
  findRole: (subject: string) => Promise<string | undefined>,
  keepMs: number,
): AccountCache {
  const known = new Map<string, { role: string | undefined; untilMs: number }>()
  return {
    find(subject) {
      const entry = known.get(subject)
      if (entry && entry.untilMs > performance.now()) return entry.role
      return findRole(subject).then((role) => {
        if (known.size >= entriesMax) known.clear()
        known.set(subject, { role, untilMs: performance.now() + keepMs })
        return role
      })
    },
    forget(subject) {
      known.delete(subject)
    },
  }
}
