import { until } from '../../kernel/clock.ts'
import { settleMsMax, type Hearing, type Listening } from './receiver.ts'
import { connect, type Reach, type RedisPlace } from './redis.ts'

/**
 * Subscribes to channels; a name with `*`, `?` or `[` is a pattern. What is published while the
 * connection is lost is lost to a subscriber: that is how publishing works in Redis.
 */
export async function subscribeTo(
  channels: readonly string[],
  { place, reach }: { readonly place: RedisPlace; readonly reach: Reach },
  hearing: Hearing,
): Promise<Listening> {
  const client = await connect(place, reach, hearing)
  const hear = (text: string, channel: string): void => hearing.hear(channel, text)
  const patterns = channels.filter((channel) => /[*?[]/.test(channel))
  const names = channels.filter((channel) => !patterns.includes(channel))
  if (names.length > 0) await client.subscribe(names, hear)
  if (patterns.length > 0) await client.pSubscribe(patterns, hear)
  return {
    // Redis answers on the same connection, after everything that it had put there before.
    settle: async () => {
      const isAnswered = async (): Promise<unknown> =>
        client.isReady ? client.ping().catch(() => undefined) : undefined
      await until(isAnswered, { timeoutMs: settleMsMax })
    },
    close: () => client.destroy(),
  }
}
