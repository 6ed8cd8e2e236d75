import { lead, type App, type Check } from 'service-kit'
import { Counter, Gauge } from 'service-kit/serving'
import type { ProducerEnvironment } from '../config.ts'
import { relay, type RelayFigures } from './relay.ts'
import { createStreams } from './stream.ts'

/** The relay of this process; of several processes' relays one works. */
export interface RunningRelay {
  /** Whether Redis answers it. */
  readonly check: Check
  /** Begins to work, and shows its figures among those of the app. */
  start(app: App): void
  /** Ends after the batch under way. */
  stop(): Promise<void>
}

/** Makes the relay, which connects at once and sends nothing before it is started. */
export function createRelay(
  env: ProducerEnvironment,
  onLost: (error: Error) => void,
): RunningRelay {
  const streams = createStreams(env.REDIS_URL, onLost)
  let leader: ReturnType<typeof lead> | undefined
  return {
    check: () => streams.ping(),
    start(app) {
      const options = {
        streams,
        streamLengthMax: env.STREAM_LENGTH_MAX,
        batch: env.RELAY_BATCH,
        intervalMs: env.RELAY_INTERVAL_MS,
        keepMs: env.OUTBOX_KEEP_MS,
        log: app.log,
        figures: figuresOf(app),
      }
      leader = lead({
        url: env.DATABASE_URL,
        applicationName: 'tickstock-relay',
        name: 'tickstock-relay',
        statementTimeoutMs: env.STATEMENT_TIMEOUT_MS,
        answerTimeoutMs: env.STATEMENT_TIMEOUT_MS + 1_000,
        work: (connection, signal) => relay(connection, signal, options),
        onError: (error) => app.log.warn({ err: error }, 'the relay begins again'),
      })
    },
    async stop() {
      await leader?.stop()
      streams.destroy()
    },
  }
}

function figuresOf(app: App): RelayFigures {
  const registers = [app.metrics]
  return {
    published: new Counter({
      name: 'tickstock_relay_published_total',
      help: 'Messages that this process put into streams',
      labelNames: ['channel'] as const,
      registers,
    }),
    unpublished: new Gauge({
      name: 'tickstock_outbox_unpublished',
      help: 'Messages that wait to be sent; 0 where another process sends them',
      registers,
    }),
    lagMs: new Gauge({
      name: 'tickstock_outbox_lag_ms',
      help: 'Age of the oldest message that waits; 0 where another process sends them',
      registers,
    }),
  }
}
