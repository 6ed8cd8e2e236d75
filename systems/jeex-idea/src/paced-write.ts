import { once } from 'node:events'
import type { ServerResponse } from 'node:http'

/** How long somebody who is written to is waited for. */
export interface Patience {
  readonly patienceMs: number
  /** Aborts when he is not waited for any longer. */
  readonly signal: AbortSignal
}

/**
 * Writes to somebody who reads as it comes, and waits until he has taken it, so that no more waits
 * for him than this one text. Who takes too long is let go.
 */
export async function pacedWrite(
  response: ServerResponse,
  text: string,
  { patienceMs, signal }: Patience,
): Promise<void> {
  if (response.write(text)) return
  const enough = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
  await once(response, 'drain', { signal: enough }).catch(() => response.destroy())
}
