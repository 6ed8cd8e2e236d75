import { delimiter } from 'node:path'
import type { InstanceOptions } from '../environment/instance.ts'
import type { SystemDefinition } from '../environment/system-definition.ts'
import { coverageEnv } from './coverage-ground.ts'
import type { ClaimJob } from './job.ts'
import type { MovableClock } from './movable-clock.ts'
import type { RevisionPlant } from './plant.ts'
import { rebuild } from './rebuilt-plant.ts'
import { checkAnchors, plantVariable, prepareSourcePlant } from './source-plant.ts'

type Env = Readonly<Record<string, string>>

/**
 * How the instance of a job is started: with the plant of its defect, and with a movable clock if
 * it needs one. Both come as modules that Node.js loads before the product, where they can.
 *
 * @throws ETALON_BUILD_FAILED
 */
export async function startOptions(
  job: ClaimJob,
  definition: SystemDefinition,
  clock: MovableClock | undefined,
): Promise<Pick<InstanceOptions, 'definition' | 'statements' | 'env'>> {
  const plant = job.plant?.plant
  const told = coverageEnv(job)
  const env = clock ? preloaded(told, clock) : told
  const plain = { definition, statements: [], env }
  if (!plant) return plain
  switch (plant.kind) {
    case 'sql':
      return { ...plain, statements: plant.statements }
    case 'rebuilt':
      return { ...plain, definition: await rebuild(definition, plant, job.servers) }
    case 'source':
    case 'environment':
      return { ...plain, env: planted(env, plant, definition.directory, job.servers.directory) }
  }
}

/**
 * How another revision of a system is started: on the same database and Redis as an instance, with
 * a change of its own beside what the instance was started with.
 *
 * @throws ETALON_DEFECT_ANCHOR_LOST
 */
export function revisionOptions(
  options: InstanceOptions,
  plant: RevisionPlant | undefined,
): Pick<InstanceOptions, 'statements' | 'env'> {
  const { env = {}, definition, servers } = options
  if (!plant) return { statements: [], env }
  const plantIn = (into: Env): Env => planted(into, plant, definition.directory, servers.directory)
  if (plant.kind === 'environment') return { statements: [], env: plantIn(env) }
  checkAnchors(plant, definition.directory, 'of a revision')
  // What is different in it would be counted where the system's own text stands.
  const { NODE_V8_COVERAGE: _told, ...silent } = env
  return { statements: [], env: plantIn(silent) }
}

/** An environment with a further plant, beside those that it holds already. */
function planted(
  env: Env,
  plant: RevisionPlant,
  systemDirectory: string,
  runDirectory: string,
): Env {
  if (plant.kind === 'environment') return { ...env, ...plant.variables }
  const { import: module, env: own } = prepareSourcePlant(plant, systemDirectory, runDirectory)
  const files = [env[plantVariable], own[plantVariable]].filter((file) => file !== undefined)
  return preloaded(env, { import: module, env: { [plantVariable]: files.join(delimiter) } })
}

function preloaded(env: Env, preload: { readonly import: string; readonly env: Env }): Env {
  const option = `--import=${preload.import}`
  const options = env['NODE_OPTIONS']?.split(' ') ?? []
  const all = options.includes(option) ? options : [...options, option]
  return { ...env, ...preload.env, NODE_OPTIONS: all.join(' ') }
}
