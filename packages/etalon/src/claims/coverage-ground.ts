import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { CoverageGround } from '../instruments/coverage/index.ts'
import type { ClaimJob } from './job.ts'
import type { PlannableClaim, Plan, PlannedJob } from './plan.ts'
import { withChanges } from './source-plant.ts'

/**
 * Gives for the jobs of a plan the folder in which their processes tell what code they ran; none
 * where no claim judges it, and none for what is measured, which telling would slow down.
 */
export function coverageFolders<Claim extends PlannableClaim>(
  plan: Plan<Claim>,
  directory: string,
): (job: PlannedJob<Claim>) => string | undefined {
  const own = join(directory, `coverage-${randomBytes(4).toString('hex')}`)
  const judged = new Set(
    plan.quiet.filter(({ isolation }) => isolation === 'last').map(({ system }) => system),
  )
  return ({ system, isolation }) =>
    judged.has(system) && isolation !== 'quiet' ? join(own, system) : undefined
}

/** What makes the processes of a job tell what they ran, when Node.js ends them in good order. */
export function coverageEnv({ coverage, isolation }: ClaimJob): Readonly<Record<string, string>> {
  return coverage === undefined || isolation === 'last' ? {} : { NODE_V8_COVERAGE: coverage }
}

/** What the coverage instrument of a job judges. */
export function coverageGroundOf(
  { coverage, isolation, plant }: ClaimJob,
  systemDirectory: string,
): CoverageGround {
  const changes = plant?.plant.kind === 'source' ? plant.plant.changes : []
  return {
    told: isolation === 'last' ? coverage : undefined,
    systemDirectory,
    sourceOf: (path) => {
      const ours = changes.filter(({ file }) => file === relative(systemDirectory, path))
      return withChanges(readFileSync(path, 'utf8'), ours)
    },
  }
}
