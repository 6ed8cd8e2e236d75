import type { InstanceOptions } from '../environment/instance.ts'
import type { ClaimJob } from './job.ts'
import type { MovableClock } from './movable-clock.ts'
import { prepareSourcePlant } from './source-plant.ts'

/**
 * What a job adds to the start of its instance: the plant of its defect, and a movable clock. Both
 * come as modules that Node.js loads before the product.
 */
export function startOptions(
  job: ClaimJob,
  systemDirectory: string,
  clock: MovableClock | undefined,
): Pick<InstanceOptions, 'statements' | 'env'> {
  const plant = job.plant?.plant
  const planted =
    plant?.kind === 'source'
      ? prepareSourcePlant(plant, systemDirectory, job.servers.directory)
      : undefined
  const preloads = [planted, clock].filter((preload) => preload !== undefined)
  const imports = preloads.map((preload) => `--import=${preload.import}`).join(' ')
  return {
    statements: plant?.kind === 'sql' ? plant.statements : [],
    env: {
      ...(plant?.kind === 'environment' ? plant.variables : {}),
      ...Object.assign({}, ...preloads.map(({ env }) => env)),
      ...(imports === '' ? {} : { NODE_OPTIONS: imports }),
    },
  }
}
