import { copyFileSync, mkdirSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { startEnvironment, type StartedEnvironment } from '../environment/environment.ts'
import { createRunDirectory, type RunDirectory } from '../evidence/run-directory.ts'
import type { RunRecord } from '../evidence/run-record.ts'
import { EtalonError, exitCodeFor, messageOf } from '../kernel/errors.ts'
import type { ExitCode } from '../kernel/exit-code.ts'
import { freshSeed } from '../kernel/random.ts'
import { convictDefects } from './convict.ts'
import { openRunState, type RunState } from './run-state.ts'
import { prepareSystems, type PreparedSystem, type Preparation } from './prepare.ts'
import { planJobs } from './plan.ts'
import { runJobs, type JobRunner, type RunnableClaim } from './run-jobs.ts'
import type { RunOptions, RunWatcher } from './run-options.ts'

/**
 * One run: read, refuse what cannot be judged, start the servers, try to refute every claim, judge,
 * and remove everything but the evidence.
 *
 * @throws EtalonError when the run cannot start; once claims run, what happens is in the record
 */
export async function verify(options: RunOptions, watcher: RunWatcher): Promise<RunRecord> {
  const seed = options.seed ?? freshSeed()
  const preparation = await prepareSystems(options)
  const directory = createRunDirectory(rootOf(options), runIdOf(seed))
  const state = openRunState({ options, seed, preparation, directory, watcher })
  copyDocuments(preparation, directory)
  watcher.prepared(preparation, directory)
  state.save()

  let environment: StartedEnvironment | undefined
  let failedWith: ExitCode | undefined
  try {
    environment = await startEnvironment({
      systems: preparation.systems.map(({ system }) => system.definition),
      logs: join(directory.path, 'logs'),
      poolSize: workersOf(options) + 1,
      onProgress: (step) => watcher.step(step),
    })
    state.useServices(environment.versions)
    await runEverything(options, preparation, environment, { state, directory, watcher })
  } catch (error) {
    state.problem(messageOf(error))
    failedWith = exitCodeFor(error)
    throw error
  } finally {
    const left = (await environment?.stop()) ?? []
    for (const problem of left) state.problem(`not removed: ${problem}`)
    if (options.signal.aborted) state.finish('interrupted')
    else state.finish(failedWith === undefined ? 'finished' : 'failed', failedWith)
  }
  return state.record()
}

async function runEverything(
  options: RunOptions,
  preparation: Preparation,
  environment: StartedEnvironment,
  run: { state: RunState; directory: RunDirectory; watcher: RunWatcher },
): Promise<void> {
  const runner: JobRunner = {
    ...run,
    environment,
    seed: run.state.seed,
    workers: workersOf(options),
    signal: options.signal,
    systems: new Map(preparation.systems.map((one) => [one.system.config.name, one])),
  }
  const claims = preparation.systems.flatMap((one) => plannable(one))
  await runJobs(runner, planJobs(claims))
  if (options.defects && !options.signal.aborted) await convictDefects(runner)
}

function plannable({ system, selected, companions }: PreparedSystem): RunnableClaim[] {
  return [...selected, ...companions].map((claim) => ({ ...claim, system: system.config.name }))
}

function copyDocuments({ systems }: Preparation, directory: RunDirectory): void {
  for (const { system } of systems) {
    const copy = join(directory.path, 'requirements', `${system.config.name}.md`)
    try {
      mkdirSync(join(directory.path, 'requirements'), { recursive: true })
      copyFileSync(system.requirementsFile, copy)
    } catch (error) {
      throw new EtalonError(
        'ETALON_RUN_DIRECTORY_UNWRITABLE',
        { directory: directory.path, problem: messageOf(error) },
        { cause: error },
      )
    }
  }
}

function rootOf(options: RunOptions): string {
  return options.out ?? join(options.directory, '.etalon', 'runs')
}

/** Sorts by time; the seed tells two runs of the same second apart. */
function runIdOf(seed: string): string {
  const now = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  return `${now}-${seed}-${process.pid}`
}

function workersOf(options: RunOptions): number {
  return options.workers ?? Math.max(2, os.availableParallelism())
}
