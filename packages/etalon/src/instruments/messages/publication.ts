import { ClientClosedError, ClientOfflineError, ErrorReply } from '@redis/client'
import { messageOf } from '../../kernel/errors.ts'
import type { Redis } from './redis.ts'

/**
 * What became of a publication, as far as its publisher can know: `ok` was done, `failed` was
 * certainly not done, `unknown` may have been done. It fits into a history.
 */
export type Published<Output> =
  | { readonly kind: 'ok'; readonly output: Output }
  | { readonly kind: 'failed' | 'unknown'; readonly reason: string }

/** Publishes on a channel; the output is how many subscribers it reached. */
export function publishOn(
  client: Redis,
  channel: string,
  body: unknown,
): Promise<Published<number>> {
  return outcomeOf(() => client.publish(channel, JSON.stringify(body)))
}

/** Adds an entry to a stream; the output is its id. */
export function appendTo(
  client: Redis,
  stream: string,
  fields: Readonly<Record<string, string>>,
  id: string,
): Promise<Published<string>> {
  return outcomeOf(() => client.xAdd(stream, id, { ...fields }))
}

async function outcomeOf<Output>(work: () => Promise<Output>): Promise<Published<Output>> {
  try {
    return { kind: 'ok', output: await work() }
  } catch (error) {
    // Redis said no, or was never asked; anything else may have reached it.
    const isRefused =
      error instanceof ErrorReply ||
      error instanceof ClientOfflineError ||
      error instanceof ClientClosedError
    return { kind: isRefused ? 'failed' : 'unknown', reason: messageOf(error) }
  }
}
