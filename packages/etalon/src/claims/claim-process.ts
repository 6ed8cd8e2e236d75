// Runs the claims of one file, in order, on an instance of their own. Everything that is found is
// in the evidence files before it is told; what is told is only when a claim starts and ends.
//
//   supervisor ──job──▶ claim process ──▶ instance (database, Redis, processes)
//   supervisor ◀─ready, started, ended─── claim process ──▶ evidence files
import { pathToFileURL } from 'node:url'
import { findBrowserBinary } from '../environment/browser-binary.ts'
import { startInstance, type Instance, type InstanceOptions } from '../environment/instance.ts'
import { startOwnPostgres } from '../environment/own-postgres.ts'
import { createBrowserEngine } from '../instruments/browser/index.ts'
import { EtalonError, messageOf } from '../kernel/errors.ts'
import { boundaryGroundOf } from './boundary-ground.ts'
import { collectDeclarations, type ClaimDeclaration } from './claim.ts'
import { coverageGroundOf } from './coverage-ground.ts'
import type { ClaimJob, JobMessage } from './job.ts'
import { loadSystem } from './load-systems.ts'
import { createMovableClock } from './movable-clock.ts'
import { startOptions } from './planting.ts'
import { openLinks } from './links.ts'
import { processTargetsOf } from './process-targets.ts'
import { lostProcess } from './lost-process.ts'
import { runClaim, type RunningJob } from './run-claim.ts'
import type { ConfiguredSystem } from './system-config.ts'

process.once('message', (job: ClaimJob) => void runJob(job))
// Without its supervisor nobody would read what is found.
process.once('disconnect', () => process.exit())

async function runJob(job: ClaimJob): Promise<void> {
  try {
    const system = await loadSystem(job.configFile)
    const declarations = await collectDeclarations(() => import(pathToFileURL(job.claimFile).href))
    const running = await startJob(job, system, declarations)
    send({ kind: 'ready' })
    await runClaims(job, running, declarations)
    await running.engine.stop()
    await running.instance.stop()
    await running.closeRest()
  } catch (error) {
    send({ kind: 'failed', problem: messageOf(error) })
  }
  process.disconnect()
}

/** Starts the instance with what its claims ask for: servers, links, a clock, the planted defect. */
async function startJob(
  job: ClaimJob,
  system: ConfiguredSystem,
  declarations: readonly ClaimDeclaration[],
): Promise<RunningJob & { closeRest: () => Promise<void> }> {
  const ours = declarations.filter(({ id }) => job.claims.some((claim) => claim.id === id))
  const clock = ours.some((one) => one.clock === 'movable')
    ? createMovableClock(job.servers.directory)
    : undefined
  const links = openLinks(
    ours.flatMap((one) => one.links),
    job,
  )
  const honest = ours.some((one) => one.durability === 'honest')
  const own = honest ? await startOwnPostgres({ ...job, definition: system.definition }) : undefined
  const instanceOptions: InstanceOptions = {
    servers: own?.servers ?? job.servers,
    logs: job.logs,
    name: job.name,
    database: own ? undefined : job.database,
    ...(await startOptions(job, system.definition, clock)),
    through: links.through,
  }
  const instance = await startPlanted(job, instanceOptions)
  return {
    system,
    instance,
    instanceOptions,
    clock,
    actors: new Map(),
    engine: createBrowserEngine(findBrowserBinary),
    targets: { links: links.open, processes: processTargetsOf(instance, own?.postgres) },
    ground: boundaryGroundOf({
      system: system.config.name,
      instance,
      servers: instanceOptions.servers,
      postgres: own?.postgres,
    }),
    reached: coverageGroundOf(job, system.definition.directory),
    closeRest: async () => {
      await links.close()
      await own?.postgres.stop()
    },
  }
}

async function runClaims(
  job: ClaimJob,
  running: RunningJob,
  declarations: readonly ClaimDeclaration[],
): Promise<void> {
  for (const claim of job.claims) {
    const declaration = declarations.find(({ id }) => id === claim.id)
    if (!declaration) throw new Error(`${job.claimFile} no longer declares ${claim.id}`)
    send({ kind: 'started', claim: claim.id, timeoutMs: declaration.timeoutMs })
    await runClaim(running, claim, declaration)
    send({ kind: 'ended', claim: claim.id })
    if (await lostProcess(running.instance)) {
      send({ kind: 'instance-lost' })
      return
    }
  }
}

async function startPlanted(job: ClaimJob, options: InstanceOptions): Promise<Instance> {
  try {
    return await startInstance(options)
  } catch (error) {
    if (!job.plant) throw error
    const facts = { defect: job.plant.defect, problem: messageOf(error) }
    throw new EtalonError('ETALON_DEFECT_NOT_PLANTED', facts, { cause: error })
  }
}

function send(message: JobMessage): void {
  process.send?.(message)
}
