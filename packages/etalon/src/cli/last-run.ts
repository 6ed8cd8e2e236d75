import { join } from 'node:path'
import { listRuns } from '../evidence/run-directory.ts'
import { EtalonError } from '../kernel/errors.ts'

/** Folder of the newest run below a working directory. @throws ETALON_RUN_MISSING */
export function lastRun(directory: string): string {
  const root = join(directory, '.etalon', 'runs')
  const [last] = listRuns(root)
  if (last === undefined) throw new EtalonError('ETALON_RUN_MISSING', { directory: root })
  return last
}
