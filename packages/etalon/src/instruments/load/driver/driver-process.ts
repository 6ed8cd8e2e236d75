// Drives one load, in a process of its own so that nothing the claim does delays it. Its threads send
// the requests; this one only adds up what they have written, and says how it goes.
import { Worker } from 'node:worker_threads'
import { messageOf } from '../../../kernel/errors.ts'
import { addUp, sparseOf } from '../histogram/sparse.ts'
import type { LoadPlan } from '../plan.ts'
import { Book, bookBytes, bucketsFor, live, type BookLayout } from '../recording/book.ts'
import { harvest } from '../recording/harvest.ts'
import { nowUs } from './clock.ts'
import type { DriverMessage, DriverReport, DriverTask, LoadProgress } from './driver-message.ts'
import type { ThreadHealth } from './self-watch.ts'
import type { Begin, ThreadMessage, ThreadTask } from './thread-message.ts'

// A start waits at most the timeout for a connection, and then takes at most the timeout.
const timeoutsMax = 2
const spareS = 2
const lookMs = 200
const beginInUs = 30_000
// What requests leave behind is soon garbage: a small space for it stays in the processor's cache.
const youngMb = 12

process.once('disconnect', () => process.exit())
process.once('message', ({ plan }: DriverTask) => {
  drive(plan).then(sendLast, (error: unknown) => {
    process.exitCode = 1
    sendLast({ event: 'problem', problem: messageOf(error) })
  })
})

async function drive(plan: LoadPlan): Promise<DriverMessage> {
  const heldS = Math.ceil((timeoutsMax * plan.timeoutMs) / 1_000) + spareS
  const seconds = Math.ceil(plan.durationMs / 1_000)
  const layout: BookLayout = {
    ring: Math.min(seconds, heldS + spareS),
    series: plan.series.length,
    buckets: bucketsFor(timeoutsMax * plan.timeoutMs),
  }
  const threads = Array.from({ length: plan.threads }, (_none, thread) =>
    startThread({ plan, thread, layout }),
  )
  const books = threads.map(({ book }) => book)
  await Promise.all(threads.map(({ ready }) => ready))
  const beginUs = nowUs() + beginInUs
  const measuredFromUs = beginUs + plan.warmUpMs * 1_000
  send({ event: 'began', measuredFromMs: measuredFromUs / 1_000 })
  for (const thread of threads) thread.begin(beginUs)

  let sealed = 0
  const sealUntil = (end: number): void => {
    for (; sealed < Math.min(end, seconds); sealed += 1) {
      send({ event: 'sealed', sealed: harvest(books, sealed) })
      const reused = sealed + layout.ring
      if (reused < seconds) for (const book of books) book.open(reused)
    }
  }
  const timer = setInterval(() => {
    const elapsedMs = (nowUs() - measuredFromUs) / 1_000
    sealUntil(Math.floor(elapsedMs / 1_000) - heldS + 1)
    send({ event: 'progress', progress: progressOf(books, elapsedMs) })
  }, lookMs)
  const healths = await Promise.all(threads.map(({ ended }) => ended))
  clearInterval(timer)
  sealUntil(seconds)
  return { event: 'ended', report: reportOf(books, healths) }
}

interface Thread {
  readonly book: Book
  readonly ready: Promise<void>
  readonly ended: Promise<ThreadHealth | undefined>
  begin(beginUs: number): void
}

function startThread(task: Omit<ThreadTask, 'memory'>): Thread {
  const { layout } = task
  const memory = new SharedArrayBuffer(bookBytes(layout))
  const book = new Book(memory, layout)
  for (let second = 0; second < layout.ring; second += 1) book.open(second)
  const workerData: ThreadTask = { ...task, memory }
  const worker = new Worker(new URL('driver-thread.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  })
  const ready = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<ThreadHealth | undefined>()
  let health: ThreadHealth | undefined
  worker.on('message', (message: ThreadMessage) => {
    if (message === 'ready') ready.resolve()
    else health = message.health
  })
  worker.once('error', (error) => {
    ready.reject(error)
    ended.reject(error)
  })
  worker.once('exit', () => ended.resolve(health))
  // Whoever waits for the end hears of the error; nobody has to wait for both.
  ended.promise.catch(() => {})
  return {
    book,
    ready: ready.promise,
    ended: ended.promise,
    // eslint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
    begin: (beginUs) => worker.postMessage({ beginUs } satisfies Begin),
  }
}

function progressOf(books: readonly Book[], elapsedMs: number): LoadProgress {
  const sum = (place: number): number =>
    books.reduce((total, book) => total + (book.live[place] as number), 0)
  return {
    elapsedMs,
    started: sum(live.started),
    ended: sum(live.ended),
    failed: sum(live.failed),
    underWay: sum(live.underWay),
    waiting: sum(live.waiting),
    residentBytes: process.memoryUsage.rss(),
  }
}

function reportOf(
  books: readonly Book[],
  healths: readonly (ThreadHealth | undefined)[],
): DriverReport {
  const { user, system } = process.cpuUsage()
  const statuses = new Map<number, number>()
  for (const book of books) {
    for (const [status, count] of book.statuses.entries()) {
      if (count > 0) statuses.set(status, (statuses.get(status) ?? 0) + count)
    }
  }
  return {
    threads: healths.filter((health) => health !== undefined),
    lateness: addUp(books.map(({ lateness }) => sparseOf(lateness))),
    misplaced: books.reduce((total, book) => total + (book.live[live.misplaced] as number), 0),
    statuses: [...statuses].sort(([a], [b]) => a - b),
    cpuS: (user + system) / 1e6,
    residentBytes: process.memoryUsage.rss(),
  }
}

function send(message: DriverMessage): void {
  process.send?.(message)
}

/** Ends the process when the message, and all before it, have left. */
function sendLast(message: DriverMessage): void {
  process.send?.(message, () => process.disconnect())
}
