// One thread of the driver: takes its share of the starts and writes what comes of them into memory
// that the driver reads. No message is sent for a request.
import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { random } from '../../../kernel/random.ts'
import { FastLane } from '../fast/fast-lane.ts'
import { prepareRequest } from '../fast/request-bytes.ts'
import { openFullLane } from '../full/full-lane.ts'
import { shareOf, type LoadPlan } from '../plan.ts'
import { Book } from '../recording/book.ts'
import { Recorder } from '../recording/recorder.ts'
import { ClosedSchedule } from '../schedule/closed-schedule.ts'
import { OpenSchedule } from '../schedule/open-schedule.ts'
import { Pacer } from '../schedule/pacer.ts'
import type { Schedule, Span } from '../schedule/schedule.ts'
import { shapeOf } from '../shapes/index.ts'
import { nowUs } from './clock.ts'
import type { Lane, StartEnded } from './lane.ts'
import { watchSelf } from './self-watch.ts'
import type { Begin, ThreadMessage, ThreadTask } from './thread-message.ts'

const sweepMs = 10

const { plan, thread, memory, layout } = workerData as ThreadTask
const port = parentPort as NonNullable<typeof parentPort>
const recorder = new Recorder(new Book(memory, layout), plan.durationMs)
let onEnded: StartEnded = () => {}
const lane = await openLane(plan, (...ended) => onEnded(...ended))
send('ready')
const [{ beginUs }] = (await once(port, 'message')) as [Begin]
const measuredFromUs = beginUs + plan.warmUpMs * 1_000
const span = { beginUs, measuredFromUs, endUs: measuredFromUs + plan.durationMs * 1_000 }
recorder.measureFrom(measuredFromUs)
await run(openSchedule(span), span)
await lane.close()
port.close()

/** Runs the schedule to its end, and then until all that was started has ended or been given up. */
async function run(schedule: Schedule, { measuredFromUs, endUs }: Span): Promise<void> {
  const pacer = new Pacer(schedule, (ticket, dueUs, nowUs) => lane.begin(ticket, dueUs, nowUs))
  onEnded = (ticket, nowUs, freeAtUs) => {
    schedule.ended(ticket, freeAtUs)
    pacer.pace(nowUs)
  }
  let health: (() => ReturnType<ReturnType<typeof watchSelf>>) | undefined
  let report: ReturnType<ReturnType<typeof watchSelf>> | undefined
  pacer.pace(nowUs())
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const now = nowUs()
      lane.sweep(now)
      if (now >= measuredFromUs) health ??= watchSelf()
      if (now < endUs) return
      report ??= health?.()
      if (schedule.nextDueUs !== Number.POSITIVE_INFINITY || !lane.idle) return
      clearInterval(timer)
      resolve()
    }, sweepMs)
  })
  if (report) send({ health: report })
}

function openSchedule(span: Span): Schedule {
  const shape = shapeOf(plan.shape)
  const { threads, seed } = plan
  return shape.model === 'open'
    ? new OpenSchedule(shape, span, thread, threads)
    : new ClosedSchedule(shape, span, { thread, threads }, random(seed))
}

async function openLane(plan: LoadPlan, onEnded: StartEnded): Promise<Lane> {
  const shape = shapeOf(plan.shape)
  const { host, port, timeoutMs, threads, work, seed } = plan
  const inAll = shape.model === 'open' ? plan.connections : shape.usersMax
  const connections = shareOf(inAll, thread, threads)
  const shared = { host, port, connections, timeoutMs, recorder, onEnded }
  if (work.lane === 'fast') {
    const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`
    const requests = work.requests.map((request) => prepareRequest(request, authority))
    return new FastLane({ ...shared, requests })
  }
  const actors = shape.model === 'open' ? undefined : shape.usersMax
  return await openFullLane({ ...shared, work, actors, series: plan.series, seed })
}

function send(message: ThreadMessage): void {
  port.postMessage(message)
}
