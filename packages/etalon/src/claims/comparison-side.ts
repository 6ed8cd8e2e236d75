import { existsSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { startEnvironment, type StartedEnvironment } from '../environment/environment.ts'
import { copyRevision } from '../environment/revision-copy.ts'
import type { ComparisonSide } from '../evidence/comparison-record.ts'
import { takeFingerprint } from '../evidence/fingerprint.ts'
import { EtalonError, messageOf } from '../kernel/errors.ts'
import { loadSystem } from './load-systems.ts'
import type { ConfiguredSystem } from './system-config.ts'

/** A revision with servers of its own, ready for instances. */
export interface RunningSide {
  readonly side: ComparisonSide
  readonly system: ConfiguredSystem
  readonly environment: StartedEnvironment
}

/** What a comparison is held against. */
export interface FoundBase {
  readonly commit: string
  readonly system: ConfiguredSystem
}

/**
 * Finds the system in a folder, or in a revision of the repository around `directory`.
 *
 * @param into empty folder for the files of a revision
 * @throws ETALON_REVISION_MISSING, ETALON_REVISION_WITHOUT_SYSTEM
 */
export async function findBase(facts: {
  readonly directory: string
  readonly system: ConfiguredSystem
  readonly given: string
  readonly into: string
}): Promise<FoundBase> {
  const { directory, system, given, into } = facts
  const folder = resolve(directory, given)
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true
  const copy = isFolder
    ? { directory: folder, commit: takeFingerprint(folder).commit }
    : await copyRevision(directory, given, into)
  const file = join(copy.directory, relative(directory, system.configFile))
  const without = (problem: string, cause?: unknown): EtalonError => {
    const facts = { revision: given, system: system.config.name, problem }
    return new EtalonError('ETALON_REVISION_WITHOUT_SYSTEM', facts, { cause })
  }
  if (!existsSync(file)) throw without(`it has no ${relative(directory, system.configFile)}`)
  const found = await loadSystem(file).catch((error: unknown) => {
    throw without(messageOf(error), error)
  })
  if (found.config.name !== system.config.name) throw without(`it is named ${found.config.name}`)
  return { commit: copy.commit, system: found }
}

/** Starts servers for one side: each side has its own, so that neither fills the other's caches. */
export async function startSide(
  side: ComparisonSide,
  system: ConfiguredSystem,
  facts: { readonly logs: string; readonly onProgress: (step: string) => void },
): Promise<RunningSide> {
  const environment = await startEnvironment({
    systems: [system.definition],
    logs: facts.logs,
    poolSize: 1,
    onProgress: (step) => facts.onProgress(`${side}: ${step}`),
  })
  return { side, system, environment }
}
