import { createHash } from 'node:crypto'
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { EtalonError, messageOf } from '../kernel/errors.ts'
import type { RunRecord } from './run-record.ts'

/**
 * The folder of one run:
 *
 *     run.json                          the record that every report is a view of
 *     requirements/<system>.md          the document as it stood
 *     claims/<system>/<claim>/          evidence.ndjson and what instruments kept beside it
 *     logs/                             of servers, systems and claim processes
 *     report.html .md .json, junit.xml  kept up to date as claims end
 */
export interface RunDirectory {
  readonly path: string
  /** Folder of a claim's evidence, made when first asked for. */
  claimFolder(system: string, claim: string): string
  logFile(name: string): string
  /** Writes a file whole or not at all. */
  write(name: string, content: string): void
  writeRecord(record: RunRecord): void
  relative(path: string): string
}

/**
 * Makes the folder of a new run and proves that it can be written before anything starts.
 *
 * @param recordFile what the run is recorded in
 */
export function createRunDirectory(
  root: string,
  runId: string,
  recordFile = 'run.json',
): RunDirectory {
  const path = join(root, runId)
  try {
    mkdirSync(join(path, 'claims'), { recursive: true })
    mkdirSync(join(path, 'logs'))
    const directory = openRunDirectory(path)
    directory.write(recordFile, '{}')
    pointLatest(root, runId)
    return directory
  } catch (error) {
    throw unwritable(path, error)
  }
}

/** Opens the folder of a run for writing views of it. */
function openRunDirectory(path: string): RunDirectory {
  const write = (name: string, content: string): void => {
    const target = join(path, name)
    const draft = `${target}.${process.pid}.draft`
    try {
      writeFileSync(draft, content)
      renameSync(draft, target)
    } catch (error) {
      rmSync(draft, { force: true })
      throw unwritable(path, error)
    }
  }
  return {
    path,
    claimFolder: (system, claim) => {
      const folder = join(path, 'claims', system, folderName(claim))
      mkdirSync(folder, { recursive: true })
      return folder
    },
    logFile: (name) => join(path, 'logs', `${name}.log`),
    write,
    writeRecord: (record) => write('run.json', `${JSON.stringify(record, undefined, 1)}\n`),
    relative: (inside) => relative(path, inside),
  }
}

/**
 * The folder of a claim: its own name where every file system can write that, else a readable one
 * with a hash, so that what differs has folders that differ.
 */
function folderName(claim: string): string {
  const readable = claim.replaceAll(/[^\w.-]+|^\.+$/g, '_')
  if (readable === claim) return claim
  return `${readable}~${createHash('sha256').update(claim).digest('hex').slice(0, 12)}`
}

/** Reads the record of a run. @throws ETALON_RUN_MISSING */
export function readRunRecord(directory: string): RunRecord {
  try {
    const record = JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8')) as RunRecord
    if (record.schema !== 1) throw new Error('run.json has no known schema')
    return record
  } catch (error) {
    throw new EtalonError('ETALON_RUN_MISSING', { directory }, { cause: error })
  }
}

/** The runs in a folder of runs, newest first. */
export function listRuns(root: string): string[] {
  try {
    return readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(root, entry.name))
      .sort()
      .reverse()
  } catch {
    return []
  }
}

function pointLatest(root: string, runId: string): void {
  const link = join(root, 'latest')
  try {
    unlinkSync(link)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  try {
    symlinkSync(runId, link)
  } catch (error) {
    // A second run started in the same instant has pointed it already; the link is a convenience.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function unwritable(directory: string, cause: unknown): EtalonError {
  return new EtalonError(
    'ETALON_RUN_DIRECTORY_UNWRITABLE',
    { directory, problem: messageOf(cause) },
    { cause },
  )
}
