import { execFile } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { packagesOf } from '../environment/repository-package.ts'
import { EtalonError, messageOf } from '../kernel/errors.ts'
import type { ConfiguredSystem } from './system-config.ts'

const run = promisify(execFile)

/** What no process of a system runs: claims, tests, documents and the records of Etalon. */
const unmeasured = [
  '**/*.claim.ts',
  '**/*.defect.ts',
  '**/*.test.*',
  'test/**',
  '**/*.md',
  'accepted.json',
  'baseline.json',
]

/**
 * The latest revision in which a system was another than it is in the working tree: the last commit
 * where something was changed since, else the one before the last that changed it. What it is made
 * of is its folder, without claims, defects, tests and documents, and the packages of the repository
 * that it depends on: a commit that touched nothing of these has the same system, and comparing with
 * it would be comparing with itself.
 *
 * @throws ETALON_REVISION_MISSING where every commit that is here has the same
 */
export async function previousRevision(system: ConfiguredSystem): Promise<string> {
  const directory = realpathSync(dirname(system.configFile))
  const revision = `before the last change of ${system.config.name}`
  try {
    const top = realpathSync(await git(directory, 'rev-parse', '--show-toplevel'))
    const parts = ['--', ...partsOf(system, directory, top)]
    if ((await git(directory, 'status', '--porcelain', ...parts)) !== '') return 'HEAD'
    const changed = await git(directory, 'rev-list', '--max-count=1', '--parents', 'HEAD', ...parts)
    const [, parent] = changed.split(' ')
    if (parent !== undefined) return parent
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    const problem = (stderr || messageOf(error)).trim()
    throw new EtalonError('ETALON_REVISION_MISSING', { revision, problem }, { cause: error })
  }
  const problem = 'no commit that is here has it otherwise'
  throw new EtalonError('ETALON_REVISION_MISSING', { revision, problem })
}

/** What a system is made of, as patterns of git from the top of the repository. */
function partsOf(system: ConfiguredSystem, directory: string, top: string): string[] {
  const { claims = 'claims', defects = 'defects', requirements = 'requirements.md' } = system.config
  // A folder of claims may be the system's own: then the names of the files tell them apart.
  const beside = [claims, defects, requirements]
    .map((name) => relative(directory, join(directory, name)))
    .filter((name) => name !== '')
  const folders = [directory, ...packagesOf(directory, top)]
  const included = folders.map((folder) => `:(top)${relative(top, folder)}`)
  const patterns = [...unmeasured, ...beside.flatMap((name) => [name, `${name}/**`])]
  const excluded = folders.flatMap((folder) =>
    patterns.map((pattern) => `:(top,exclude,glob)${join(relative(top, folder), pattern)}`),
  )
  return [...included, ...excluded]
}

async function git(directory: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', args, { cwd: directory })
  return stdout.trim()
}
