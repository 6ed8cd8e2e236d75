/** A time without a connection, by the clock that receipts have. */
export interface Cut {
  /** When it was noticed that the connection was gone. */
  readonly fromMs: number
  /** When it was whole again, `Infinity` while it is not. */
  readonly toMs: number
  /** Messages sent before the connection was whole again and heard after it. */
  readonly caughtUp: number
  /** From the end of the cut to the last of those. */
  readonly catchUpMs: number
}

/** The times with and without a connection, of one receiver. */
export interface Connection {
  readonly cuts: readonly Cut[]
  /** Number of the time with a connection, from 0; one more with each cut that has ended. */
  readonly period: number
  readonly isOpen: boolean
  /** Since when it has been connected: what was sent before is caught up. */
  readonly sinceMs: number
  /** How many messages were caught up, also from before the first connection. */
  readonly caughtUp: number
  lost(atMs: number): void
  regained(atMs: number): void
  /** Takes note of a message that was sent before {@link sinceMs} and heard now. */
  catchUp(atMs: number): void
}

/** Begins with a connection. */
export function openConnection(openedAtMs: number): Connection {
  const cuts: { -readonly [Fact in keyof Cut]: Cut[Fact] }[] = []
  let isOpen = true
  let caughtUp = 0
  return {
    cuts,
    get period() {
      return isOpen ? cuts.length : cuts.length - 1
    },
    get isOpen() {
      return isOpen
    },
    get sinceMs() {
      return cuts.at(isOpen ? -1 : -2)?.toMs ?? openedAtMs
    },
    get caughtUp() {
      return caughtUp
    },
    lost: (atMs) => {
      if (!isOpen) return
      isOpen = false
      cuts.push({ fromMs: atMs, toMs: Number.POSITIVE_INFINITY, caughtUp: 0, catchUpMs: 0 })
    },
    regained: (atMs) => {
      const cut = cuts.at(-1)
      if (isOpen || !cut) return
      isOpen = true
      cut.toMs = atMs
    },
    catchUp: (atMs) => {
      caughtUp += 1
      const cut = cuts.at(isOpen ? -1 : -2)
      if (!cut) return
      cut.caughtUp += 1
      cut.catchUpMs = atMs - cut.toMs
    },
  }
}
