import { inTransaction } from 'service-kit'
import type { Service } from '../service.ts'
import { populationCounts, populationSteps, type PopulationPlan } from '../store/population.ts'

/** What was made. */
export interface Population {
  readonly users: number
  readonly pairs: number
  readonly desynced: number
  /** Pairs by what is wrong with them. */
  readonly by_kind: Record<string, number>
  readonly duration_ms: number
}

/**
 * Makes anonymous people with progress, licences, levels, achievements and credits, all of them or
 * none, by one statement a table.
 */
export async function populate(
  { pool }: Pick<Service, 'pool'>,
  plan: PopulationPlan,
): Promise<Population> {
  const startedAt = performance.now()
  const counts = await inTransaction(pool, async (tx) => {
    await tx.query("set local statement_timeout = '600s'")
    for (const step of populationSteps(plan)) await tx.query(step)
    const { rows } = await tx.query<{ users: number; defect: string | null; pairs: number }>(
      populationCounts,
    )
    return rows
  })
  const broken = counts.filter(({ defect }) => defect !== null)
  const sum = (rows: typeof counts): number => rows.reduce((total, { pairs }) => total + pairs, 0)
  return {
    users: counts[0]?.users ?? 0,
    pairs: sum(counts),
    desynced: sum(broken),
    by_kind: Object.fromEntries(broken.map(({ defect, pairs }) => [String(defect), pairs])),
    duration_ms: Math.round(performance.now() - startedAt),
  }
}
