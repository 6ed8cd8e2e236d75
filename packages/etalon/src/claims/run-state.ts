import { relative } from 'node:path'
import type { ServiceVersion } from '../environment/environment.ts'
import type { ClaimOutcome } from '../evidence/claim-outcome.ts'
import { takeFingerprint } from '../evidence/fingerprint.ts'
import type { RunDirectory } from '../evidence/run-directory.ts'
import type {
  DefectRecord,
  PlannedClaim,
  RunRecord,
  UnselectedClaim,
} from '../evidence/run-record.ts'
import { monotonicMs } from '../kernel/clock.ts'
import type { ExitCode } from '../kernel/exit-code.ts'
import { systemRecordOf, type Preparation, type PreparedSystem } from './prepare.ts'
import type { RunOptions, RunWatcher } from './run-options.ts'

/** A run's record while it grows; every change is on disk before the next claim. */
export interface RunState {
  readonly seed: string
  /** The claims of the run, by system and id. */
  planned(system: string, claim: string): PlannedClaim
  useServices(services: readonly ServiceVersion[]): void
  judged(outcome: ClaimOutcome): void
  convicted(defect: DefectRecord): void
  problem(text: string): void
  /** @param failedWith the exit status of a run that could not go on */
  finish(state: 'finished' | 'interrupted' | 'failed', failedWith?: ExitCode): void
  save(): void
  record(): RunRecord
}

export interface RunStateOptions {
  readonly options: RunOptions
  readonly seed: string
  readonly preparation: Preparation
  readonly directory: RunDirectory
  readonly watcher: RunWatcher
}

/** Opens the record of a run. */
export function openRunState(facts: RunStateOptions): RunState {
  const { options, seed, preparation, directory, watcher } = facts
  const startedAtMs = monotonicMs()
  const planned = preparation.systems.flatMap((one) => plannedClaims(one, options.directory))
  let record: RunRecord = {
    schema: 1,
    id: directory.path.split('/').at(-1) ?? '',
    seed,
    command: options.command,
    startedAt: new Date().toISOString(),
    durationMs: 0,
    state: 'running',
    etalonVersion: options.version,
    services: [],
    fingerprint: takeFingerprint(options.directory),
    systems: preparation.systems.map(systemRecordOf),
    planned,
    unselected: preparation.systems.flatMap(unselectedClaims),
    outcomes: [],
    defects: [],
    problems: [],
  }
  const change = (changes: Partial<RunRecord>): void => {
    record = { ...record, ...changes, durationMs: Math.round(monotonicMs() - startedAtMs) }
  }
  const save = (): void => {
    directory.writeRecord(record)
    watcher.recorded(record, directory)
  }
  const changeAndSave = (changes: Partial<RunRecord>): void => {
    change(changes)
    save()
  }
  return {
    seed,
    planned: (system, claim) => {
      const found = planned.find((one) => one.system === system && one.claim === claim)
      if (!found) throw new RangeError(`${claim} of ${system} was not planned`)
      return found
    },
    useServices: (services) => changeAndSave({ services }),
    judged: (outcome) => {
      changeAndSave({ outcomes: [...record.outcomes, outcome] })
      watcher.judged(outcome)
    },
    convicted: (defect) => changeAndSave({ defects: [...record.defects, defect] }),
    problem: (text) => change({ problems: [...record.problems, text] }),
    finish: (state, failedWith) =>
      changeAndSave({ state, ...(failedWith === undefined ? {} : { failedWith }) }),
    save,
    record: () => record,
  }
}

function unselectedClaims({
  system,
  catalogue,
  selected,
  companions,
}: PreparedSystem): UnselectedClaim[] {
  return catalogue.claims
    .filter((claim) => !selected.includes(claim) && !companions.includes(claim))
    .map(({ id, requirements }) => ({ claim: id, system: system.config.name, requirements }))
}

function plannedClaims(
  { system, document, selected, companions }: PreparedSystem,
  root: string,
): PlannedClaim[] {
  const texts = new Map(document.requirements.map(({ id, text }) => [id, text]))
  return [...selected, ...companions].map((claim): PlannedClaim => ({
    claim: claim.id,
    system: system.config.name,
    requirements: claim.requirements,
    title: claim.title ?? texts.get(claim.requirements[0] as string) ?? claim.id,
    file: relative(root, claim.file),
    isolation: claim.isolation,
    ...(companions.includes(claim) ? { companion: true } : {}),
  }))
}
