import { createClient } from '@redis/client'
import { lastingConnection } from 'service-kit'
import { z } from 'zod'
import type { Day } from '../../calendar/day.ts'
import { channels } from '../../message/channel.ts'
import { envelope, messageField } from '../../message/envelope.ts'
import { payloads } from '../../message/payload.ts'

/** Signals that a trading day is loaded; what was given while nobody read counts as well. */
export interface EodStream {
  /**
   * The signals that are not acknowledged, waiting up to a second for the next one.
   *
   * @throws when Redis cannot be asked
   */
  read(): Promise<readonly EodSignal[]>
  acknowledge(signals: readonly EodSignal[]): Promise<void>
  close(): void
}

export interface EodSignal {
  readonly streamId: string
  /** None where the message says nothing that could be understood. */
  readonly tradingDay: Day | undefined
}

const stream = channels.eodComplete
const group = 'synchronizer'
/** One name for all processes: what one of them did not get to is the next one's. */
const consumer = 'synchronizer'
const readMax = 1_000
/** Shorter than the silence that the connection bears. */
const blockMs = 1_000

const signalText = z.preprocess(
  (text) => (typeof text === 'string' ? (JSON.parse(text) as unknown) : text),
  envelope.extend({ payload: payloads[stream] }),
)

/** Opens the stream; the connection is made in the background and made again when it breaks. */
export function openEodStream(url: string, onError: (error: Error) => void): EodStream {
  const client = createClient(lastingConnection(url))
  client.on('error', onError)
  void client.connect().catch(() => undefined)

  async function readFrom(id: '0' | '>'): Promise<EodSignal[]> {
    const options = { COUNT: readMax, ...(id === '>' ? { BLOCK: blockMs } : {}) }
    const reply = await client.xReadGroup(group, consumer, { key: stream, id }, options)
    const entries = (reply as StreamReply)?.[0]?.messages ?? []
    return entries.map((entry) => ({
      streamId: entry.id,
      tradingDay: tradingDayOf(entry.message?.[messageField]),
    }))
  }

  async function readNew(): Promise<EodSignal[]> {
    const left = await readFrom('0')
    return left.length > 0 ? left : readFrom('>')
  }

  return {
    async read() {
      try {
        return await readNew()
      } catch (error) {
        if (!isWithoutGroup(error)) throw error
        // From the beginning: days that were run already are known by their runs.
        await client.xGroupCreate(stream, group, '0', { MKSTREAM: true })
        return readNew()
      }
    },
    async acknowledge(signals) {
      if (signals.length === 0) return
      const ids = signals.map(({ streamId }) => streamId)
      await client.xAck(stream, group, ids)
    },
    close: () => client.destroy(),
  }
}

type StreamReply =
  | readonly {
      readonly messages: readonly {
        readonly id: string
        /** None of an entry that was cut off the stream since it was handed out. */
        readonly message: Readonly<Record<string, string>> | null
      }[]
    }[]
  | null

function tradingDayOf(text: string | undefined): Day | undefined {
  try {
    return signalText.parse(text).payload.trading_day
  } catch {
    return undefined
  }
}

const isWithoutGroup = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('NOGROUP')
