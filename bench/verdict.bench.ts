// What a verdict costs Etalon itself: the bounds of large measurements, and the report of a large
// document, which is written again after every claim.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { quantileOfSlices } from '../packages/etalon/src/kernel/statistics/block-bootstrap.ts'
import { pairedRatioOf } from '../packages/etalon/src/kernel/statistics/paired-ratio.ts'
import { random } from '../packages/etalon/src/kernel/random.ts'
import { renderHtml } from '../packages/etalon/src/report/html.ts'
import { licenceRun } from '../packages/etalon/src/report/testing/licence-run.ts'
import { durationTable, durationOf, measureInRounds, type Benchmark } from './benchmark.ts'

const rounds = 30

const verdict: Benchmark = async () => {
  const draw = random('verdict')
  const slices = Array.from({ length: 600 }, () =>
    Float64Array.from({ length: 1_667 }, () => draw.fraction()),
  )
  const pairs = Array.from({ length: 5_000 }, () => ({
    subject: 1 + draw.fraction(),
    reference: 1 + draw.fraction(),
  }))
  const record = licenceRun()
  const directory = mkdtempSync(join(os.tmpdir(), 'etalon-bench-'))
  const contender = (name: string, work: () => unknown) => ({
    name,
    measure: () => durationOf(() => Promise.resolve(work())),
  })
  try {
    const durations = await measureInRounds(
      [
        contender(
          'P99 of a million latencies in 600 slices, and the samples that would decide',
          () => quantileOfSlices(slices, 0.99, { unit: 'ms' }).samplesToDecide(0.9999),
        ),
        contender('ratio of 5,000 paired rounds, and the rounds that would decide', () =>
          pairedRatioOf(pairs).samplesToDecide(1.001),
        ),
        contender(`report.html of ${record.planned.length} claims`, () =>
          renderHtml(record, directory),
        ),
      ],
      { rounds },
    )
    return durationTable(durations)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

export default verdict
