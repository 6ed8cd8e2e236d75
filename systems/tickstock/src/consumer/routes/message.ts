import type { App } from 'service-kit'
import { allChannels, type Channel } from '../../message/channel.ts'
import { seqOfStreamId } from '../../message/envelope.ts'
import type { Consumer } from '../consumer.ts'
import { group } from '../intake/stream.ts'
import { messageState } from '../schema/message.ts'
import { channelFigures, lastReceived, listDeadLetters, listGaps } from '../store/message.ts'

const listedMax = 20

interface StreamState {
  readonly last_seq: number | null
  readonly stream_length: number | null
  readonly pending: number | null
}

const unknownState: StreamState = { last_seq: null, stream_length: null, pending: null }

/** How the messages flow, for those who see to it. */
export function messageRoutes(app: App, consumer: Consumer): void {
  const { pool, clock } = consumer
  app.get(
    '/messages',
    {
      config: { access: { roles: ['operator'] } },
      schema: {
        tags: ['Messages'],
        summary: 'Rate, latency and lag of every channel, dead letters and gaps',
        response: { 200: messageState },
      },
    },
    async () => {
      const [figures, last, deadLetters, gaps, ...streams] = await Promise.all([
        channelFigures(pool, allChannels),
        lastReceived(pool),
        listDeadLetters(pool, listedMax),
        listGaps(pool, listedMax),
        ...allChannels.map((channel) => streamState(consumer, channel)),
      ])
      return {
        at: clock.now(),
        reader: { last_received_at: last[0]?.received_at ?? null },
        channels: figures.map(({ p50_ms, p95_ms, ...known }, place) => {
          const stream = streams[place] ?? unknownState
          const lag = stream.last_seq === null ? null : Math.max(0, stream.last_seq - known.cursor)
          const latency = p50_ms === null || p95_ms === null ? null : { p50: p50_ms, p95: p95_ms }
          return { ...known, ...stream, lag, latency_ms: latency }
        }),
        dead_letters: deadLetters,
        gaps,
      }
    },
  )
}

/** What Redis says of a channel's stream; nothing while it does not answer. */
async function streamState({ redis }: Consumer, channel: Channel): Promise<StreamState> {
  try {
    const [info, pending] = await Promise.all([
      redis.xInfoStream(channel),
      redis.xPending(channel, group),
    ])
    return {
      last_seq: seqOfStreamId(info['last-generated-id']),
      stream_length: info.length,
      pending: pending.pending,
    }
  } catch {
    return unknownState
  }
}
