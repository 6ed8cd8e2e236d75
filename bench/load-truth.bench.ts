// What the load instrument measures where the truth is known: a server whose delays follow a law. The
// server looks for requests all the time and records how long it really took for each, at least and at
// most; what the driver measures may lie 1 % or 0.3 ms beside that. A driver that doubts itself is asked
// again, ATTEMPTS times at most; what doubts are left stand beside the figure. What the machine keeps any
// two programs from seeing is measured before and after: a P99 can be no truer than that. So short delays
// are measured once more, and judged by those requests of which neither side missed anything.
import { constantRate } from '../packages/etalon/src/instruments/load/index.ts'
import type { LoadRun } from '../packages/etalon/src/instruments/load/index.ts'
import { formatQuantity } from '../packages/etalon/src/kernel/units.ts'
import {
  loadExactTruth,
  loadTruth,
  type Took,
} from '../packages/etalon/test/instruments/load/truth.ts'
import type { Benchmark } from './benchmark.ts'
import { unseenShares } from './load-truth/floor.ts'
import { eachRequest, type SeenRequest } from './load-truth/seen.ts'

interface Law {
  readonly law: string
  readonly title: string
  readonly rateHz: number
  readonly quantiles: readonly number[]
}

const fixed = (delayMs: number): Law => ({
  law: `fixed:${delayMs}`,
  title: `a delay of ${delayMs} ms`,
  rateHz: 200,
  quantiles: [0.5, 0.95, 0.99],
})

const laws: readonly Law[] = [
  fixed(1),
  fixed(5),
  fixed(50),
  {
    law: 'tenth',
    title: 'every tenth late by 20 to 120 ms, evenly',
    rateHz: 2_000,
    quantiles: [0.92, 0.95, 0.99],
  },
]

// wrk2's example: 1 % of 26,000 starts are 260, those due in the first 0.13 s of a stall of 1.4 s.
const stall = { law: 'stall:8000', rateHz: 2_000, durationMs: 13_000, p99Ms: 1_270, slack: 0.05 }

const slackMsLeast = 0.3

/** Delays so short that most requests pass while nothing keeps either side from looking. */
const short = { delaysMs: [1, 5], rateHz: 200, seconds: 20, unseenMs: 0.2 }

const attemptsMax = Number(process.env['ATTEMPTS'] ?? 3)

const loadTruthBench: Benchmark = async () => {
  const rows: string[] = []
  const unseen = [await unseenShares(slackMsLeast)]
  for (const law of laws) {
    const { run, took } = await undoubted(
      () => loadExactTruth(law.law, law.rateHz),
      (measured) => measured.run,
    )
    rows.push(...law.quantiles.map((p) => rowOf(law.title, p, run, truthOf(took, p))))
  }
  const { law, rateHz, durationMs, p99Ms, slack } = stall
  const run = await undoubted(
    () => loadTruth(law, constantRate(rateHz), { durationMs, connections: 100 }),
    (measured) => measured,
  )
  const [least, most] = [p99Ms * (1 - slack), p99Ms * (1 + slack)]
  const due = run.latency.quantile(0.99).value
  const sent = run.service.quantile(0.99).value
  unseen.push(await unseenShares(slackMsLeast))
  const seenRows: string[] = []
  for (const delayMs of short.delaysMs) {
    const requests = await eachRequest(`fixed:${delayMs}`, short.rateHz, short)
    seenRows.push(...[0.5, 0.95, 0.99].map((p) => seenRowOf(delayMs, p, requests)))
  }
  return [
    `Of two programs that only look at the clock, the share of moments that are seen ${slackMsLeast} ms late or later: ${unseen.map(percents).join(', and afterwards ')}. A request has two such moments at the driver, sending and receiving, and two at the server.`,
    '',
    '| law | quantile | the server took | from due | from sent | both within 1 % or 0.3 ms | doubts |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
    `The same by the lane in a process that never sleeps, and of its requests those during which neither it nor the server was kept from looking for ${short.unseenMs} ms:`,
    '',
    '| law | quantile | requests seen | the server took | from due | from sent | both within 1 % or 0.3 ms |',
    '|---|---|---|---|---|---|---|',
    ...seenRows,
    '',
    '| law | P99 by computation | from due | from sent | due within 5 % | doubts |',
    '|---|---|---|---|---|---|',
    `| 2,000 a second, one stall of 1.4 s (wrk2's example) | ${ms(p99Ms)} | ${ms(due)} | ${ms(sent)} | ${due >= least && due <= most ? 'yes' : 'no'} | ${doubtsOf(run)} |`,
  ].join('\n')
}

/** The first measurement that the driver does not doubt, or the last. */
async function undoubted<Measured>(
  measure: () => Promise<Measured>,
  runOf: (measured: Measured) => LoadRun,
): Promise<Measured> {
  let measured = await measure()
  for (let attempt = 1; attempt < attemptsMax; attempt += 1) {
    if (runOf(measured).doubts.length === 0) break
    measured = await measure()
  }
  return measured
}

function truthOf(took: readonly Took[], p: number): Took {
  return {
    leastMs: quantileOf(took, 'leastMs', p),
    mostMs: quantileOf(took, 'mostMs', p),
  }
}

function quantileOf<Part extends string>(
  each: readonly Readonly<Record<Part, number>>[],
  part: Part,
  p: number,
): number {
  const sorted = each.map((one) => one[part]).sort((a, b) => a - b)
  return sorted[Math.ceil(p * sorted.length) - 1] ?? Number.NaN
}

function rowOf(title: string, p: number, run: LoadRun, took: Took): string {
  const measured = [run.latency, run.service].map((side) => side.quantile(p).value)
  return `| ${title} | P${p * 100} | ${held(took, measured)} | ${doubtsOf(run)} |`
}

function seenRowOf(delayMs: number, p: number, requests: readonly SeenRequest[]): string {
  const seen = requests.filter(({ isSeen }) => isSeen)
  const measured = [quantileOf(seen, 'fromDueMs', p), quantileOf(seen, 'fromSentMs', p)]
  return `| a delay of ${delayMs} ms | P${p * 100} | ${seen.length} of ${requests.length} | ${held(truthOf(seen, p), measured)} |`
}

/** What the server took, what was measured, and whether all of that is true. */
function held({ leastMs, mostMs }: Took, measured: readonly number[]): string {
  const slackMs = Math.max(0.01 * leastMs, slackMsLeast)
  const isTrue = measured.every((value) => value >= leastMs - slackMs && value <= mostMs + slackMs)
  return [`${ms(leastMs)} to ${ms(mostMs)}`, ...measured.map(ms), isTrue ? 'yes' : 'no'].join(' | ')
}

function doubtsOf({ doubts }: LoadRun): string {
  return doubts.map(({ message }) => message).join('; ') || 'none'
}

function percents(shares: readonly number[]): string {
  return shares.map((share) => formatQuantity(share, 'share')).join(' and ')
}

function ms(value: number): string {
  return formatQuantity(value, 'ms')
}

export default loadTruthBench
