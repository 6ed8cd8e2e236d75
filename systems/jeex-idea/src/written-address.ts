/** An answer that has not changed is written again only after this time. */
const rewriteMs = 5_000
/** Addresses that a process remembers of one user; for one more the oldest goes. */
export const addressesMax = 100
/** Users of whom a process knows what it wrote. */
const usersMax = 1_000

/** What this process wrote of each user, and when; what was written last comes last. */
export class WrittenAddresses {
  readonly #users = new Map<string, Map<string, number>>()

  /** Whether it was written a moment ago and need not be written again. */
  isFresh(userId: string, url: string, nowMs: number): boolean {
    const atMs = this.#users.get(userId)?.get(url)
    return atMs !== undefined && atMs > nowMs - rewriteMs
  }

  /** @returns the address that has to go for it, if one has to */
  add(userId: string, url: string, nowMs: number): string | undefined {
    const own = this.#users.get(userId) ?? new Map<string, number>()
    putLast(this.#users, userId, own)
    putLast(own, url, nowMs)
    if (this.#users.size > usersMax) takeFirst(this.#users)
    return own.size > addressesMax ? takeFirst(own) : undefined
  }

  /** What was written does not count any more, but it is still there to go. */
  forget(userId: string): void {
    const own = this.#users.get(userId)
    for (const url of own?.keys() ?? []) own?.set(url, 0)
  }
}

function putLast<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key)
  map.set(key, value)
}

function takeFirst(map: Map<string, unknown>): string | undefined {
  const [first] = map.keys()
  if (first !== undefined) map.delete(first)
  return first
}
