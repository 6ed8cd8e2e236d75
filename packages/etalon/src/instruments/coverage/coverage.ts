import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Profiler } from 'node:inspector'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Session } from '../session.ts'
import { reachOf, sumOf, type FileReach, type Reach } from './reach.ts'

/** What of a system's code was run. */
export interface ReachedCode {
  /** Share of the statements. */
  readonly statements: number
  readonly branches: number
  readonly functions: number
  /** Processes that told what they ran. */
  readonly processes: number
  readonly files: readonly FileReach[]
}

/** Tells which code of the system the claims of the run reached. */
export interface Coverage {
  /**
   * What of the sources in a folder of the system was run, in any process of any claim that ran
   * beside others. Files that nothing loaded count as not run; a process that was killed tells
   * nothing.
   *
   * @param except files and folders in it that are not meant, such as demo data
   * @throws RangeError when no process told anything, or the claim did not ask for `coverage`
   */
  of(folder: string, options?: { readonly except?: readonly string[] }): Promise<ReachedCode>
}

/** Where the processes tell what they ran, and what they loaded. */
export interface CoverageGround {
  /** Folder of what they told; absent unless the claim's option `coverage` is set. */
  readonly told: string | undefined
  readonly systemDirectory: string
  /** A source file as the processes loaded it. */
  readonly sourceOf: (file: string) => string
}

/** Opens the instrument. */
export function createCoverage(
  { evidence }: Session,
  { told, systemDirectory, sourceOf }: CoverageGround,
): Coverage {
  return {
    of: async (folder, { except = [] } = {}) => {
      if (told === undefined)
        throw new RangeError(
          "expected the claim's option coverage: true in a run of `verify`, found none",
        )
      const root = join(systemDirectory, folder)
      const { functionsOf, processes } = await readTold(told, root)
      const files: FileReach[] = []
      for (const file of sourcesIn(root, except)) {
        const reach = await reachOf(file, sourceOf(file), functionsOf(file))
        files.push({ ...reach, file: relative(systemDirectory, file) })
      }
      const code = {
        statements: shareOf(files.map(({ statements }) => statements)),
        branches: shareOf(files.map(({ branches }) => branches)),
        functions: shareOf(files.map(({ functions }) => functions)),
        processes,
        files,
      }
      evidence.record('coverage', { folder, except, ...code })
      return code
    },
  }
}

/** What V8 noted in every process, as one. */
async function readTold(
  told: string,
  root: string,
): Promise<{
  readonly functionsOf: (file: string) => readonly Profiler.FunctionCoverage[]
  readonly processes: number
}> {
  const { mergeProcessCovs } = await import('@bcoe/v8-coverage')
  const rootUrl = pathToFileURL(`${root}/`).href
  const files = existsSync(told) ? readdirSync(told) : []
  if (files.length === 0) {
    throw new RangeError(
      'expected processes that told what they ran, found none: ' +
        'Node.js tells it when a process ends in good order, not when a signal kills it',
    )
  }
  const processes = files.map((name) => {
    const { result } = JSON.parse(readFileSync(join(told, name), 'utf8')) as ProcessCoverage
    return { result: result.filter(({ url }) => url.startsWith(rootUrl)) }
  })
  const { result } = mergeProcessCovs(processes)
  const functions = new Map(result.map((script) => [fileURLToPath(script.url), script.functions]))
  return { functionsOf: (file) => functions.get(file) ?? [], processes: processes.length }
}

interface ProcessCoverage {
  readonly result: readonly Profiler.ScriptCoverage[]
}

function sourcesIn(root: string, except: readonly string[]): string[] {
  const left = except.map((name) => join(root, name))
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.[cm]?[jt]s$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => !left.some((each) => file === each || file.startsWith(`${each}/`)))
    .toSorted()
}

function shareOf(reaches: readonly Reach[]): number {
  const { reached, total } = sumOf(reaches)
  if (total === 0) throw new RangeError('expected source files, found none')
  return reached / total
}
