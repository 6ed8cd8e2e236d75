import { relative } from 'node:path'
import type { Conviction } from '../evidence/run-record.ts'
import type { CataloguedDefect } from './catalogue.ts'
import { companionsOf } from './companion.ts'
import { describePlant } from './plant.ts'
import { planJobs } from './plan.ts'
import type { PreparedSystem } from './prepare.ts'
import { runJobs, type JobRunner, type RunnableClaim } from './run-jobs.ts'
import { workThrough } from './work-through.ts'

/**
 * Plants every defect of the run's systems, one at a time and each on instances of its own, and
 * runs the claims that must convict it. Only `refuted` is a conviction: a claim that crashes or
 * cannot tell has not found the defect.
 */
export async function convictDefects(runner: JobRunner): Promise<void> {
  for (const prepared of runner.systems.values()) {
    const selected = new Set(prepared.selected.map(({ id }) => id))
    const quiet = new Set(
      prepared.selected.filter(({ isolation }) => isolation === 'quiet').map(({ id }) => id),
    )
    const named = prepared.catalogue.defects.filter(({ refutes }) =>
      refutes.some((id) => selected.has(id)),
    )
    const measured = named.filter(({ refutes }) => refutes.some((id) => quiet.has(id)))
    const others = named.filter((defect) => !measured.includes(defect))
    const one = (defect: CataloguedDefect, signal: AbortSignal): Promise<void> =>
      convict({ ...runner, signal }, prepared, defect)
    await workThrough(others, runner.workers, runner.signal, one)
    await workThrough(measured, 1, runner.signal, one)
  }
}

async function convict(
  runner: JobRunner,
  prepared: PreparedSystem,
  defect: CataloguedDefect,
): Promise<void> {
  if (runner.signal.aborted) return
  const system = prepared.system.config.name
  const accused = prepared.selected.filter(({ id }) => defect.refutes.includes(id))
  const companions = companionsOf(accused, prepared.catalogue.claims)
  const claims = [...accused, ...companions].map((claim): RunnableClaim => ({ ...claim, system }))
  const convictions: Conviction[] = []
  const judged = ({ claim, verdict, reason }: Conviction): void => {
    if (!accused.some(({ id }) => id === claim)) return
    convictions.push({ claim, verdict, ...(reason === undefined ? {} : { reason }) })
  }
  runner.watcher.step(`defect: ${defect.title}`)
  // Claims of one defect wait for each other, unless most of the system is run for it.
  const workers = companions.length > 0 ? runner.workers : 1
  await runJobs({ ...runner, workers }, planJobs(claims), { defect, judged })
  // A claim that was cut short has not let the defect escape.
  if (runner.signal.aborted) return
  runner.state.convicted({
    title: defect.title,
    system,
    file: relative(prepared.system.definition.directory, defect.file),
    plant: describePlant(defect.plant),
    convictions,
  })
}
