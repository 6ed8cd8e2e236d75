import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Session } from '../../session.ts'
import type { LoadRun } from '../result/load-run.ts'
import { summaryOf } from '../result/summary.ts'
import { chartOf } from './chart.ts'
import { csvOf } from './csv.ts'
import { hdrLogOf } from './hdr-log.ts'

/**
 * Keeps a run beside the evidence: a chart, a table of its seconds, its histograms as a log of
 * HdrHistogram, and its summary with the resources as JSON.
 *
 * @param name of the files, without an ending
 */
export function keepRun(session: Session, run: LoadRun, name: string): void {
  const files = {
    svg: chartOf(run, name),
    csv: csvOf(run),
    hlog: hdrLogOf(run),
    json: `${JSON.stringify({ ...summaryOf(run), resources: run.resources }, undefined, 1)}\n`,
  }
  for (const [ending, content] of Object.entries(files)) {
    writeFileSync(session.attach(basename(`${name}.${ending}`)), content)
  }
}
