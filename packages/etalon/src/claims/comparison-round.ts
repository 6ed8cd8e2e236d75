import { join, relative } from 'node:path'
import type { ClaimOutcome } from '../evidence/claim-outcome.ts'
import type { RunDirectory } from '../evidence/run-directory.ts'
import type { Random } from '../kernel/random.ts'
import type { CataloguedClaim } from './catalogue.ts'
import type { RunningSide } from './comparison-side.ts'
import type { ClaimJob } from './job.ts'
import { judgeClaim } from './judge-claim.ts'
import type { RoundOutcome } from './judge-comparison.ts'
import { planJobs, type PlannedJob } from './plan.ts'
import type { PreparedSystem } from './prepare.ts'
import { superviseJob } from './supervise.ts'

export interface RoundFacts {
  readonly round: number
  /** Draws which side comes first, for each job anew. */
  readonly draw: Random
  readonly sides: readonly RunningSide[]
  readonly claims: readonly CataloguedClaim[]
  readonly seed: string
  readonly directory: RunDirectory
  readonly signal: AbortSignal
}

type Job = PlannedJob<CataloguedClaim & { readonly system: string }>

/** Runs every claim once on each side; the two runs of a job right after each other, alone. */
export async function runRound(
  prepared: PreparedSystem,
  facts: RoundFacts,
): Promise<RoundOutcome[]> {
  const system = prepared.system.config.name
  const plan = planJobs(facts.claims.map((claim) => ({ ...claim, system })))
  const outcomes: RoundOutcome[] = []
  for (const job of [...plan.parallel, ...plan.quiet]) {
    for (const side of facts.draw.shuffle(facts.sides)) {
      if (facts.signal.aborted) return outcomes
      for (const outcome of await runJobOn(side, job, prepared, facts)) {
        outcomes.push({ round: facts.round, side: side.side, outcome })
      }
    }
  }
  return outcomes
}

async function runJobOn(
  { side, system, environment }: RunningSide,
  planned: Job,
  prepared: PreparedSystem,
  { round, seed, directory, signal }: RoundFacts,
): Promise<ClaimOutcome[]> {
  const folderOf = (claim: string): string =>
    directory.claimFolder(planned.system, `${claim} round ${round} ${side}`)
  const evidenceFileOf = (claim: string): string => join(folderOf(claim), 'evidence.ndjson')
  const takeDatabase = (): Promise<string | undefined> => environment.takeDatabase(planned.system)
  const database = await takeDatabase()
  // The seed is the same on both sides, and another in every round: both do the same work, and no
  // single draw of it decides.
  const roundSeed = `${seed}/${round}`
  const job: ClaimJob = {
    name: [planned.system, planned.file.split('/').at(-1), side, round].join('-'),
    configFile: system.configFile,
    claimFile: planned.file,
    isolation: planned.isolation,
    claims: planned.claims.map(({ id }) => {
      return { id, seed: roundSeed, evidenceFile: evidenceFileOf(id) }
    }),
    servers: environment.servers,
    logs: join(directory.path, 'logs'),
    ...(database === undefined ? {} : { database }),
  }
  const outcomes: ClaimOutcome[] = []
  const ended = (id: string, end: { durationMs: number; cutShort?: string }): void => {
    const claim = planned.claims.find((one) => one.id === id) as CataloguedClaim
    outcomes.push(
      judgeClaim({
        claim: {
          claim: id,
          system: planned.system,
          requirements: claim.requirements,
          title: claim.title ?? id,
          file: relative(prepared.system.definition.directory, claim.file),
          isolation: claim.isolation,
        },
        evidenceFile: evidenceFileOf(id),
        evidence: directory.relative(folderOf(id)),
        seed: roundSeed,
        replay: `etalon verify ${planned.system} --only ${id} --seed ${roundSeed}`,
        end,
        doubts: [],
      }),
    )
  }
  await superviseJob(job, { started: () => {}, ended }, takeDatabase, signal)
  return outcomes
}
