import { join } from 'node:path'
import type { StartedEnvironment } from '../environment/environment.ts'
import type { ClaimOutcome } from '../evidence/claim-outcome.ts'
import type { RunDirectory } from '../evidence/run-directory.ts'
import { suspicion } from './acceptance.ts'
import type { CataloguedClaim, CataloguedDefect } from './catalogue.ts'
import { judgeClaim, type ClaimEnd } from './judge-claim.ts'
import { coverageFolders } from './coverage-ground.ts'
import type { ClaimJob } from './job.ts'
import type { Plan, PlannedJob } from './plan.ts'
import type { PreparedSystem } from './prepare.ts'
import type { RunWatcher } from './run-options.ts'
import type { RunState } from './run-state.ts'
import { superviseJob } from './supervise.ts'
import { workThrough } from './work-through.ts'

/** What running jobs needs. */
export interface JobRunner {
  readonly environment: StartedEnvironment
  readonly state: RunState
  readonly directory: RunDirectory
  readonly watcher: RunWatcher
  readonly seed: string
  readonly workers: number
  readonly signal: AbortSignal
  readonly systems: ReadonlyMap<string, PreparedSystem>
}

/** A claim that is to be run, with its system. */
export type RunnableClaim = CataloguedClaim & { readonly system: string }

/** Told of each outcome instead of the run's record, when a defect is planted. */
export interface Planting {
  readonly defect: CataloguedDefect
  readonly judged: (outcome: ClaimOutcome) => void
}

/**
 * Runs a plan: first what may run side by side, then what needs the machine for itself. When one
 * job fails for a reason that is not its claims' (a full disk, a lost server), the others are ended
 * before that is thrown on, so that nothing works behind the back of who stops the servers.
 */
export async function runJobs(
  runner: JobRunner,
  plan: Plan<RunnableClaim>,
  planting?: Planting,
): Promise<void> {
  const coverageOf = coverageFolders(plan, runner.environment.servers.directory)
  const run = (job: PlannedJob<RunnableClaim>, until: AbortSignal): Promise<void> =>
    runJob({ ...runner, signal: until }, { job, coverage: coverageOf(job) }, planting)
  await workThrough(plan.parallel, runner.workers, runner.signal, run)
  for (const job of plan.quiet) await run(job, runner.signal)
}

async function runJob(
  runner: JobRunner,
  { job: planned, coverage }: { job: PlannedJob<RunnableClaim>; coverage: string | undefined },
  planting?: Planting,
): Promise<void> {
  const { environment, directory, watcher, signal, systems } = runner
  const prepared = systems.get(planned.system) as PreparedSystem
  const evidenceFileOf = (claim: string): string =>
    join(evidenceFolder(directory, planned.system, claim, planting), 'evidence.ndjson')
  const takeDatabase = (): Promise<string | undefined> => environment.takeDatabase(planned.system)

  const conclude = (claim: string, end: ClaimEnd): void => {
    const facts = { claim, end, evidenceFile: evidenceFileOf(claim) }
    const outcome = judge(runner, planned, facts, planting)
    if (planting) planting.judged(outcome)
    else runner.state.judged(outcome)
  }
  if (signal.aborted) {
    const end = { durationMs: 0, cutShort: 'the run was interrupted before the claim began' }
    for (const { id } of planned.claims) conclude(id, end)
    return
  }
  const database = await takeDatabase()
  const job: ClaimJob = {
    name: jobName(planned, planting),
    configFile: prepared.system.configFile,
    claimFile: planned.file,
    isolation: planned.isolation,
    claims: planned.claims.map(({ id }) => {
      return { id, seed: runner.seed, evidenceFile: evidenceFileOf(id) }
    }),
    servers: environment.servers,
    logs: join(directory.path, 'logs'),
    ...(database === undefined ? {} : { database }),
    ...(coverage === undefined ? {} : { coverage }),
    ...(planting ? { plant: { defect: planting.defect.title, plant: planting.defect.plant } } : {}),
  }
  const started = (claim: string): void => watcher.started(claim)
  await superviseJob(job, { started, ended: conclude }, takeDatabase, signal)
}

function judge(
  runner: JobRunner,
  planned: PlannedJob<RunnableClaim>,
  facts: { readonly claim: string; readonly end: ClaimEnd; readonly evidenceFile: string },
  planting?: Planting,
): ClaimOutcome {
  const prepared = runner.systems.get(planned.system) as PreparedSystem
  const claim = planned.claims.find(({ id }) => id === facts.claim) as RunnableClaim
  const suspect = suspicion(claim, prepared.acceptance, prepared.document.requirements)
  const folder = evidenceFolder(runner.directory, planned.system, facts.claim, planting)
  return judgeClaim({
    claim: runner.state.planned(planned.system, facts.claim),
    evidenceFile: facts.evidenceFile,
    evidence: runner.directory.relative(folder),
    seed: runner.seed,
    replay: `etalon verify ${planned.system} --only ${facts.claim} --seed ${runner.seed}`,
    end: facts.end,
    doubts: suspect ? [suspect] : [],
    ...(planting ? { defect: planting.defect.title } : {}),
  })
}

function evidenceFolder(
  directory: RunDirectory,
  system: string,
  claim: string,
  planting?: Planting,
): string {
  return directory.claimFolder(system, planting ? `${claim} with ${planting.defect.title}` : claim)
}

let jobCount = 0

/** Names a job's logs: `lfa-licenses-credit-3`. */
function jobName(planned: PlannedJob<RunnableClaim>, planting?: Planting): string {
  jobCount += 1
  const file = planned.file.split('/').at(-1)?.replace('.claim.ts', '') ?? ''
  return [planned.system, file, planting ? 'defect' : '', jobCount].filter(Boolean).join('-')
}
