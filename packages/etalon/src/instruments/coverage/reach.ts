import type { Profiler } from 'node:inspector'
import { stripTypeScriptTypes } from 'node:module'
import { pathToFileURL } from 'node:url'

/** How many parts of a kind there are, and how many of them were run. */
export interface Reach {
  readonly reached: number
  readonly total: number
}

/** What was run of one file. */
export interface FileReach {
  readonly file: string
  readonly statements: Reach
  readonly branches: Reach
  readonly functions: Reach
  /** Lines with a statement that was not run, counted from 1. */
  readonly missedLines: readonly number[]
}

/**
 * Counts what was run of a file. V8 tells ranges of text with how often each was entered; a parser
 * tells where statements, branches and functions are, so that comments and types count for nothing.
 *
 * @param source as the process loaded it; types are stripped without moving anything
 * @param functions what V8 noted; none for a file that no process loaded
 */
export async function reachOf(
  file: string,
  source: string,
  functions: readonly Profiler.FunctionCoverage[],
): Promise<FileReach> {
  // Only who judges coverage pays for a parser.
  const [{ parse }, { default: convert }] = await Promise.all([
    import('acorn'),
    import('ast-v8-to-istanbul'),
  ])
  const code = /\.[cm]?ts$/.test(file) ? stripTypeScriptTypes(source) : source
  const unloaded = [{ functionName: '', isBlockCoverage: true, ranges: [unrun(code)] }]
  const url = pathToFileURL(file).href
  const coverage = { url, functions: functions.length > 0 ? [...functions] : unloaded }
  const ast = parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true })
  const { [file]: found } = await convert({ code, ast, coverage })
  if (!found) throw new RangeError(`${file}: expected what was run of it, found nothing`)
  const statements = Object.entries(found.s)
  const missed = statements.filter(([, times]) => times === 0)
  return {
    file,
    statements: reachIn(Object.values(found.s)),
    branches: reachIn(Object.values(found.b).flat()),
    functions: reachIn(Object.values(found.f)),
    missedLines: [...new Set(missed.map(([id]) => found.statementMap[id]?.start.line ?? 0))],
  }
}

/** The sum of several. */
export function sumOf(reaches: readonly Reach[]): Reach {
  return {
    reached: reaches.reduce((sum, { reached }) => sum + reached, 0),
    total: reaches.reduce((sum, { total }) => sum + total, 0),
  }
}

function reachIn(times: readonly number[]): Reach {
  return { reached: times.filter((each) => each > 0).length, total: times.length }
}

function unrun(code: string): Profiler.CoverageRange {
  return { startOffset: 0, endOffset: code.length, count: 0 }
}
