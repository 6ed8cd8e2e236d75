import type { RunDirectory } from '../evidence/run-directory.ts'
import type { RunRecord } from '../evidence/run-record.ts'
import { monotonicMs } from '../kernel/clock.ts'
import { renderHtml } from './html.ts'
import { renderJson } from './json.ts'
import { renderJunit } from './junit.ts'
import { renderMarkdown } from './markdown.ts'

/** A view of a run as a file. */
export interface Writer {
  readonly file: string
  /** @param directory of the run, from which documents and evidence are read */
  readonly render: (record: RunRecord, directory: string) => string
}

/** Every file that a run writes beside its record. */
export const writers = {
  html: { file: 'report.html', render: renderHtml },
  markdown: { file: 'report.md', render: renderMarkdown },
  json: { file: 'report.json', render: renderJson },
  junit: { file: 'junit.xml', render: renderJunit },
} as const satisfies Record<string, Writer>

/** Share of a run's time that writing its reports again may take. */
const writingShareMax = 0.02

/**
 * Keeps the reports of a run up to date: they are written anew when it has come further, a long one
 * only every few seconds, and always when it ends. The record itself is on disk before.
 */
export function reportKeeper(
  nowMs: () => number = monotonicMs,
): (record: RunRecord, directory: RunDirectory) => void {
  let nextAtMs = Number.NEGATIVE_INFINITY
  return (record, directory) => {
    const beganAtMs = nowMs()
    if (record.state === 'running' && beganAtMs < nextAtMs) return
    writeReports(record, directory)
    nextAtMs = beganAtMs + (nowMs() - beganAtMs) / writingShareMax
  }
}

/** Writes all reports of a run, as far as it has come. */
function writeReports(record: RunRecord, directory: RunDirectory): void {
  for (const { file, render } of Object.values<Writer>(writers)) {
    directory.write(file, render(record, directory.path))
  }
}
