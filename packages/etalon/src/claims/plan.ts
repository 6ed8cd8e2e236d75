import type { Isolation } from '../evidence/claim-outcome.ts'

/** A claim with where it belongs, as far as planning needs it. */
export interface PlannableClaim {
  readonly id: string
  readonly system: string
  readonly file: string
  readonly isolation: Isolation
  readonly ownInstance: boolean
  readonly timeoutMs: number
}

/** Claims that share one process and one instance. */
export interface PlannedJob<Claim extends PlannableClaim = PlannableClaim> {
  readonly system: string
  readonly file: string
  readonly isolation: Isolation
  readonly claims: readonly Claim[]
}

/** Jobs that may run side by side, then jobs that run one at a time with nothing beside them. */
export interface Plan<Claim extends PlannableClaim = PlannableClaim> {
  readonly parallel: readonly PlannedJob<Claim>[]
  readonly quiet: readonly PlannedJob<Claim>[]
}

/**
 * Plans claims: those of a file that are `shared` become one job, those that are `quiet` one that runs
 * alone, as do those that are `last`; each that has its own instance becomes a job of its own. Long
 * jobs start first, so that the last ones to end are short: who disturbs a system mostly takes his
 * time, then those whose claims may take the longest, all together.
 */
export function planJobs<Claim extends PlannableClaim>(claims: readonly Claim[]): Plan<Claim> {
  const jobs = [...Map.groupBy(claims, groupOf).values()].map((group): PlannedJob<Claim> => {
    const { system, file, isolation } = group[0] as Claim
    return { system, file, isolation, claims: group }
  })
  const parallel = jobs.filter(runsBeside)
  return {
    parallel: parallel.toSorted((a, b) => weightOf(b) - weightOf(a)),
    quiet: jobs.filter((job) => !runsBeside(job)),
  }
}

/** Whether others may work on the machine meanwhile. */
export function runsBeside({ isolation }: { readonly isolation: Isolation }): boolean {
  return isolation === 'shared' || isolation === 'exclusive'
}

function weightOf({ isolation, claims }: PlannedJob): number {
  const mayTakeMs = claims.reduce((sumMs, { timeoutMs }) => sumMs + timeoutMs, 0)
  return isolation === 'exclusive' ? Number.MAX_SAFE_INTEGER : mayTakeMs
}

function groupOf(claim: PlannableClaim): string {
  const alone = claim.ownInstance ? claim.id : ''
  return [claim.system, claim.file, claim.isolation, alone].join('\n')
}
