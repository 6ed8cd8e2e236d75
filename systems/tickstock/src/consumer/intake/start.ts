import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { lead, type App } from 'service-kit'
import { Counter, Gauge } from 'service-kit/serving'
import type { ConsumerEnvironment } from '../config.ts'
import { takeIn, type IntakeFigures } from './intake.ts'
import { Streams } from './stream.ts'

/** Begins to take messages in; of several processes one does. */
export function startIntake(env: ConsumerEnvironment, app: App): { stop(): Promise<void> } {
  const name = `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`
  const streams = new Streams(env.REDIS_URL, name, (error) =>
    app.log.warn({ err: error }, 'redis connection of the intake lost'),
  )
  const options = { streams, batch: env.READ_BATCH, log: app.log, figures: figuresOf(app) }
  const leader = lead({
    url: env.DATABASE_URL,
    applicationName: 'tickstock-intake',
    name: 'tickstock-intake',
    statementTimeoutMs: env.STATEMENT_TIMEOUT_MS,
    answerTimeoutMs: env.STATEMENT_TIMEOUT_MS + 1_000,
    work: (connection, signal) => takeIn(connection, signal, options),
    onError: (error) => app.log.warn({ err: error }, 'the intake begins again'),
  })
  return {
    async stop() {
      await leader.stop()
      streams.close()
    },
  }
}

function figuresOf(app: App): IntakeFigures {
  const registers = [app.metrics]
  const labelNames = ['channel'] as const
  return {
    noted: new Counter({
      name: 'tickstock_intake_noted_total',
      help: 'Messages that this process noted',
      labelNames,
      registers,
    }),
    deadLetters: new Counter({
      name: 'tickstock_intake_dead_letters_total',
      help: 'Messages that this process gave up',
      labelNames,
      registers,
    }),
    missing: new Counter({
      name: 'tickstock_intake_missing_total',
      help: 'Messages that were lost before this process read them',
      labelNames,
      registers,
    }),
    lag: new Gauge({
      name: 'tickstock_intake_lag',
      help: 'Messages in the stream that are not settled; 0 where another process reads',
      labelNames,
      registers,
    }),
  }
}
