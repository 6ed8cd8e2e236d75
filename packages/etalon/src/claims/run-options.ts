import type { ClaimOutcome } from '../evidence/claim-outcome.ts'
import type { RunDirectory } from '../evidence/run-directory.ts'
import type { RunRecord } from '../evidence/run-record.ts'
import type { Preparation } from './prepare.ts'

/** What a run shall do. */
export interface RunOptions {
  /** Folder with `etalon.config.ts`, or with `systems/*` that have one. */
  readonly directory: string
  readonly systems: readonly string[]
  readonly only: readonly string[]
  readonly seed?: string
  /** Plant each defect and see whether its claims convict it. */
  readonly defects: boolean
  /** Claims at once; the number of processors unless given. */
  readonly workers?: number
  /** Folder of runs; `.etalon/runs` unless given. */
  readonly out?: string
  readonly command: string
  readonly version: string
  readonly signal: AbortSignal
}

/** Told as a run goes on. `recorded` comes after every claim, with the record as it is on disk. */
export interface RunWatcher {
  prepared(preparation: Preparation, directory: RunDirectory): void
  step(text: string): void
  started(claim: string): void
  judged(outcome: ClaimOutcome): void
  recorded(record: RunRecord, directory: RunDirectory): void
}
