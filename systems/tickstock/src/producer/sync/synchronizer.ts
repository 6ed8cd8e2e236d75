import { setTimeout as delay } from 'node:timers/promises'
import { dayInNewYork } from '../../calendar/new-york.ts'
import type { Producer } from '../producer.ts'
import { expect, isTold } from '../store/sync-expectation.ts'
import type { Alert } from './alert.ts'
import type { EodStream } from './eod-stream.ts'
import { executeRuns } from './execution.ts'
import { deadlineOf, firstExpectedDay } from './expectation.ts'
import { watchListings } from './listing-watch.ts'
import { giveUpDay, openDayRun } from './opening.ts'

/** What the synchronizer works with. */
export interface SynchronizerOptions extends Producer {
  readonly stream: EodStream
  readonly alert: Alert
  /** How long after its close the end of a trading day is waited for. */
  readonly waitMs: number
  /** The time in which a run has to be done. */
  readonly windowMs: number
}

/** The synchronizer of this process; of several processes' ones one works at a time. */
export interface Synchronizer {
  /** Ends after the task under way. */
  stop(): Promise<void>
}

const pauseMs = 250

/**
 * Waits for the end of each trading day and then brings the universes up to date. It never goes on
 * without the signal: a day that nobody ended in time is given up with an alert, and as long as
 * Redis cannot be asked it is not known whether somebody did.
 */
export function startSynchronizer(options: SynchronizerOptions): Synchronizer {
  const stopping = new AbortController()
  const { signal } = stopping
  const lookForListings = watchListings(options)
  const running = run()

  async function run(): Promise<void> {
    let isTroubled = false
    while (!signal.aborted) {
      try {
        await executeRuns({ ...options, signal })
        await lookForListings()
        await turn(options)
        isTroubled = false
      } catch (error) {
        if (!isTroubled && !signal.aborted) options.log.warn({ err: error }, 'synchronizer waits')
        isTroubled = true
        await delay(pauseMs, undefined, { signal }).catch(() => undefined)
      }
    }
  }

  return {
    async stop() {
      stopping.abort()
      options.stream.close()
      await running
    },
  }
}

async function turn(options: SynchronizerOptions): Promise<void> {
  // Before the signals are read, so that one that is given meanwhile is in time.
  const now = options.clock.now()
  await takeSignals(options)
  await giveUpLate(options, now)
}

/**
 * Opens the run of the latest day that was told; with it the earlier ones are done too. A day that
 * has not come is none: taken for the latest, it would keep every other one back.
 */
async function takeSignals(options: SynchronizerOptions): Promise<void> {
  const { clock, log, stream } = options
  const signals = await stream.read()
  const today = dayInNewYork(clock.now())
  const days = signals.flatMap(({ tradingDay }) => tradingDay ?? []).filter((day) => day <= today)
  if (days.length < signals.length) log.warn({ signals }, 'an end-of-day signal was not understood')
  const latest = days.toSorted().at(-1)
  if (latest !== undefined) {
    const id = await openDayRun(options, latest)
    if (id === undefined) log.info({ day: latest }, 'the day was synchronized or given up before')
  }
  // The run is on record now; a signal that is read again opens no other.
  await stream.acknowledge(signals)
}

/** Gives up the days whose end should have been told before an instant. */
async function giveUpLate(options: SynchronizerOptions, now: Date): Promise<void> {
  const { pool, alert, waitMs } = options
  for (;;) {
    const [expected] = await expect(pool, firstExpectedDay(now, waitMs), now)
    if (expected === undefined || deadlineOf(expected.trading_day, waitMs) > now) return
    const { trading_day: day } = expected
    const [told] = await isTold(pool, day)
    // It was told and has not come through Redis yet.
    if (told?.is_told === true) return
    const text = `no end-of-day signal within ${Math.round(waitMs / 1_000)} s`
    const id = await giveUpDay(options, day, text)
    if (id !== undefined) alert('skipped', { run: id, day }, text)
  }
}
