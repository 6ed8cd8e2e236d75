/** An answer that has not changed is written again only after this time. */
const rewriteMs = 5_000
/** Addresses that a process remembers of one user; for one more the oldest goes. */
export const addressesMax = 100
/** Users of whom a process knows what it wrote. */
const usersMax = 1_000

/** What was written of an address, and since when that is known to count. */
export interface Written<What> {
  readonly atMs: number
  readonly what: What
}

/** What this process wrote of each user; what was written last comes last. */
export class WrittenAddresses<What> {
  readonly #users = new Map<string, Map<string, Written<What>>>()

  /** What was written a moment ago and need not be written again while it is the same. */
  fresh(userId: string, url: string, nowMs: number): Written<What> | undefined {
    const last = this.#users.get(userId)?.get(url)
    return last !== undefined && last.atMs > nowMs - rewriteMs ? last : undefined
  }

  /** @returns the address that has to go for it, if one has to */
  add(userId: string, url: string, last: Written<What>): string | undefined {
    const own = this.#users.get(userId) ?? new Map<string, Written<What>>()
    putLast(this.#users, userId, own)
    putLast(own, url, last)
    if (this.#users.size > usersMax) takeFirst(this.#users)
    return own.size > addressesMax ? takeFirst(own) : undefined
  }

  /** What was written does not count any more, but it is still there to go. */
  forget(userId: string): void {
    for (const url of this.#users.get(userId)?.keys() ?? []) this.forgetOne(userId, url)
  }

  forgetOne(userId: string, url: string): void {
    const own = this.#users.get(userId)
    const last = own?.get(url)
    if (last !== undefined) own?.set(url, { ...last, atMs: 0 })
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
