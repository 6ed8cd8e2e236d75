import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from 'pg'

/** Tells who waits that there is work. */
export interface Bell {
  /** Resolves when it has rung since the last call, and after so long in any case. */
  rings(withinMs: number): Promise<void>
}

/** Rings when another transaction notifies a channel that `connection` listens to, and at the end. */
export function bellOf(connection: Client, signal: AbortSignal): Bell {
  let wake = new AbortController()
  const ring = (): void => wake.abort()
  connection.on('notification', ring)
  signal.addEventListener('abort', ring, { once: true })
  return {
    async rings(withinMs) {
      const { signal: rung } = wake
      if (withinMs > 0) await delay(withinMs, undefined, { signal: rung }).catch(() => undefined)
      wake = new AbortController()
    },
  }
}
