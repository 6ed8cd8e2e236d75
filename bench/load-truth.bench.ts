// What the load instrument measures where the truth is known: a server whose delays follow a law.
// A latency may be off by 1 % or 0.3 ms. The driver's own doubts stand beside each figure, because on
// a busy machine the truth is another one.
import { constantRate } from '../packages/etalon/src/instruments/load/index.ts'
import type { LoadRun } from '../packages/etalon/src/instruments/load/index.ts'
import { formatQuantity } from '../packages/etalon/src/kernel/units.ts'
import { loadTruth } from '../packages/etalon/test/instruments/load/truth.ts'
import type { Benchmark } from './benchmark.ts'

interface Truth {
  readonly law: string
  readonly title: string
  readonly rateHz: number
  /** Latencies by their quantile. */
  readonly trueMs: ReadonlyMap<number, number>
}

const fixed = (delayMs: number): Truth => ({
  law: `fixed:${delayMs}`,
  title: `a delay of ${delayMs} ms`,
  rateHz: 200,
  trueMs: new Map([
    [0.5, delayMs],
    [0.99, delayMs],
  ]),
})

const truths: readonly Truth[] = [
  fixed(1),
  fixed(5),
  fixed(50),
  {
    law: 'tenth',
    title: 'every tenth late by 20 to 120 ms, evenly',
    rateHz: 2_000,
    trueMs: new Map([
      [0.92, 40],
      [0.95, 70],
      [0.99, 110],
    ]),
  },
]

const loadTruthBench: Benchmark = async () => {
  const rows: string[] = []
  for (const truth of truths) {
    const run = await loadTruth(truth.law, constantRate(truth.rateHz))
    rows.push(...rowsOf(truth, run))
  }
  return [
    '| law | quantile | true | from due | from sent | within 1 % or 0.3 ms | doubts |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

function rowsOf({ title, trueMs }: Truth, run: LoadRun): string[] {
  const doubts = run.doubts.map(({ message }) => message).join('; ') || 'none'
  return [...trueMs].map(([p, expectedMs]) => {
    const slackMs = Math.max(0.01 * expectedMs, 0.3)
    const [fromDue, fromSent] = [run.latency, run.service].map((side) => side.quantile(p).value)
    const isTrue = Math.abs((fromDue ?? Number.NaN) - expectedMs) <= slackMs
    const shown = [expectedMs, fromDue, fromSent].map((ms) => formatQuantity(ms ?? 0, 'ms'))
    return `| ${title} | P${p * 100} | ${shown.join(' | ')} | ${isTrue ? 'yes' : 'no'} | ${doubts} |`
  })
}

export default loadTruthBench
