// The same lane, schedule and clock as in a thread of the driver, in this process, which never sleeps:
// so it knows of each request whether anything kept it from looking meanwhile. The server knows the
// same of itself. What neither was kept from is measured as truly as the instrument measures.
import { FastLane } from '../../packages/etalon/src/instruments/load/fast/fast-lane.ts'
import { prepareRequest } from '../../packages/etalon/src/instruments/load/fast/request-bytes.ts'
import { nowUs } from '../../packages/etalon/src/instruments/load/driver/clock.ts'
import type { StartEnded } from '../../packages/etalon/src/instruments/load/driver/lane.ts'
import {
  Book,
  bookBytes,
  bucketsFor,
} from '../../packages/etalon/src/instruments/load/recording/book.ts'
import {
  Recorder,
  type Ended,
} from '../../packages/etalon/src/instruments/load/recording/recorder.ts'
import { OpenSchedule } from '../../packages/etalon/src/instruments/load/schedule/open-schedule.ts'
import { Pacer } from '../../packages/etalon/src/instruments/load/schedule/pacer.ts'
import {
  constantRate,
  constantRateShape,
} from '../../packages/etalon/src/instruments/load/shapes/constant-rate.ts'
import { withTruth, type Took } from '../../packages/etalon/test/instruments/load/truth.ts'

/** A request with what the lane measured of it and what the server says it took. */
export interface SeenRequest extends Took {
  readonly fromDueMs: number
  readonly fromSentMs: number
  /** Whether neither side was kept from looking while it was under way. */
  readonly isSeen: boolean
}

interface Span {
  readonly fromUs: number
  readonly toUs: number
}

const latencyMsMax = 10_000
const beginInUs = 200_000
const warmUpUs = 1_000_000

/** Keeps every request by itself, which a driver never does: its memory would grow with them. */
class EachRequest extends Recorder {
  readonly requests: (Span & { readonly sentUs: number })[] = []

  override ended(ended: Ended, endedUs: number): void {
    super.ended(ended, endedUs)
    this.requests.push({ fromUs: ended.dueUs, sentUs: ended.sentUs, toUs: endedUs })
  }
}

/** Puts a constant rate on a server whose delays follow a law; `unseenMs` is what hides a request. */
export function eachRequest(
  law: string,
  rateHz: number,
  options: { readonly seconds: number; readonly unseenMs: number },
): Promise<readonly SeenRequest[]> {
  const unseenUs = options.unseenMs * 1_000
  return withTruth(
    law,
    async (url, tookAll) => {
      const { requests, gaps, measuredFromUs } = await drive(url, rateHz, options.seconds, unseenUs)
      const took = await tookAll()
      return requests
        .toSorted((a, b) => a.fromUs - b.fromUs)
        .map(({ fromUs, sentUs, toUs }, place): SeenRequest & { fromUs: number } => {
          const { leastMs, mostMs } = took[place] as Took
          const isHidden = gaps.some((gap) => gap.fromUs < toUs && gap.toUs > fromUs)
          return {
            fromUs,
            leastMs,
            mostMs,
            fromDueMs: (toUs - fromUs) / 1_000,
            fromSentMs: (toUs - sentUs) / 1_000,
            isSeen: mostMs - leastMs <= options.unseenMs && !isHidden,
          }
        })
        .filter(({ fromUs }) => fromUs >= measuredFromUs)
    },
    'exact',
  )
}

async function drive(url: string, rateHz: number, seconds: number, unseenUs: number) {
  const beginUs = nowUs() + beginInUs
  const measuredFromUs = beginUs + warmUpUs
  const span = { beginUs, measuredFromUs, endUs: measuredFromUs + seconds * 1_000_000 }
  const schedule = new OpenSchedule(constantRateShape(constantRate(rateHz)), span, 0, 1)
  const recorder = new EachRequest(bookFor(seconds), seconds * 1_000)
  recorder.measureFrom(measuredFromUs)
  let onEnded: StartEnded = () => {}
  const { hostname: host, port, host: authority } = new URL(url)
  const lane = new FastLane({
    host,
    port: Number(port),
    connections: 10,
    timeoutMs: latencyMsMax,
    recorder,
    onEnded: (...ended) => onEnded(...ended),
    requests: [prepareRequest(request, authority)],
  })
  const pacer = new Pacer(schedule, (...start) => lane.begin(...start))
  onEnded = (_ticket, endedUs) => pacer.pace(endedUs)
  const gaps: Span[] = []
  pacer.pace(nowUs())
  for (let lookedUs = nowUs(); schedule.nextDueUs !== Infinity || !lane.idle;) {
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    const now = nowUs()
    if (now - lookedUs > unseenUs) gaps.push({ fromUs: lookedUs, toUs: now })
    lookedUs = now
  }
  lane.close()
  return { requests: recorder.requests, gaps, measuredFromUs }
}

const request = {
  series: 0,
  method: 'GET',
  path: '/',
  headers: {},
  body: undefined,
  statuses: [200],
  bodyCheck: undefined,
} as const

function bookFor(seconds: number): Book {
  const layout = { ring: seconds + 1, series: 1, buckets: bucketsFor(latencyMsMax) }
  const book = new Book(new SharedArrayBuffer(bookBytes(layout)), layout)
  for (let second = 0; second < layout.ring; second += 1) book.open(second)
  return book
}
