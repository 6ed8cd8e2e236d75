import type { App } from 'service-kit'
import type { ProducerEnvironment } from '../config.ts'
import type { Producer } from '../producer.ts'
import { countedAlerts } from './counted-alert.ts'
import { openEodStream } from './eod-stream.ts'
import { startSynchronizer, type Synchronizer } from './synchronizer.ts'

/** Begins to synchronize in a service, with alerts among the figures of its app. */
export function synchronize(env: ProducerEnvironment, producer: Producer, app: App): Synchronizer {
  const stream = openEodStream(env.REDIS_URL, (error) =>
    producer.log.warn({ err: error }, 'redis connection of the synchronizer lost'),
  )
  return startSynchronizer({
    ...producer,
    stream,
    alert: countedAlerts(app),
    waitMs: env.EOD_WAIT_MS,
    windowMs: env.SYNC_WINDOW_MS,
  })
}
