// Runs the claims of one file, in order, on an instance of their own. Everything that is found is
// in the evidence files before it is told; what is told is only when a claim starts and ends.
//
//   supervisor ──job──▶ claim process ──▶ instance (database, Redis, processes)
//   supervisor ◀─ready, started, ended─── claim process ──▶ evidence files
import { pathToFileURL } from 'node:url'
import { findBrowserBinary } from '../environment/browser-binary.ts'
import { startInstance, type Instance, type InstanceOptions } from '../environment/instance.ts'
import { createBrowserEngine } from '../instruments/browser/index.ts'
import { EtalonError, messageOf } from '../kernel/errors.ts'
import { collectDeclarations } from './claim.ts'
import type { ClaimJob, JobMessage } from './job.ts'
import { loadSystem } from './load-systems.ts'
import { createMovableClock } from './movable-clock.ts'
import { startOptions } from './planting.ts'
import { openLinks } from './links.ts'
import { lostProcess, runClaim } from './run-claim.ts'

process.once('message', (job: ClaimJob) => void runJob(job))
// Without its supervisor nobody would read what is found.
process.once('disconnect', () => process.exit())

async function runJob(job: ClaimJob): Promise<void> {
  try {
    const system = await loadSystem(job.configFile)
    const declarations = await collectDeclarations(() => import(pathToFileURL(job.claimFile).href))
    const ours = declarations.filter(({ id }) => job.claims.some((claim) => claim.id === id))
    const clock = ours.some((one) => one.clock === 'movable')
      ? createMovableClock(job.servers.directory)
      : undefined
    const links = openLinks(
      ours.flatMap((one) => one.links),
      job,
    )
    const instanceOptions: InstanceOptions = {
      definition: system.definition,
      servers: job.servers,
      logs: job.logs,
      name: job.name,
      database: job.database,
      ...startOptions(job, system.definition.directory, clock),
      through: links.through,
    }
    const instance = await startPlanted(job, instanceOptions)
    send({ kind: 'ready' })
    const engine = createBrowserEngine(findBrowserBinary)
    const running = {
      job,
      system,
      instance,
      instanceOptions,
      clock,
      actors: new Map(),
      engine,
      links: links.open,
    }
    for (const claim of job.claims) {
      const declaration = declarations.find(({ id }) => id === claim.id)
      if (!declaration) throw new Error(`${job.claimFile} no longer declares ${claim.id}`)
      send({ kind: 'started', claim: claim.id, timeoutMs: declaration.timeoutMs })
      await runClaim(running, claim, declaration)
      send({ kind: 'ended', claim: claim.id })
      if (await lostProcess(instance)) {
        send({ kind: 'instance-lost' })
        break
      }
    }
    await engine.stop()
    await instance.stop()
    await links.close()
  } catch (error) {
    send({ kind: 'failed', problem: messageOf(error) })
  }
  process.disconnect()
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
