import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { buildSystem } from '../environment/build.ts'
import type { SystemDefinition } from '../environment/system-definition.ts'
import type { RebuiltPlant } from './plant.ts'

const notCopied = new Set(['node_modules', '.etalon', '.git'])

/**
 * Builds a copy of a system with the changes of a plant. The copy lies in the folder of the run,
 * which goes with the run, and finds its packages where the original does:
 *
 *     <run>/rebuilt-<id>/node_modules            ─▶ the nearest above the system
 *     <run>/rebuilt-<id>/<system>/node_modules   ─▶ the system's own, where it has one
 *
 * @returns the definition, in the copy's folder
 * @throws ETALON_BUILD_FAILED
 */
export async function rebuild(
  definition: SystemDefinition,
  plant: RebuiltPlant,
  run: { readonly directory: string; readonly runId: string },
): Promise<SystemDefinition> {
  const original = definition.directory
  const root = join(run.directory, `rebuilt-${randomBytes(4).toString('hex')}`)
  const directory = join(root, basename(original))
  mkdirSync(root, { mode: 0o700 })
  cpSync(original, directory, {
    recursive: true,
    filter: (source) => !notCopied.has(basename(source)),
  })
  linkPackages(dirname(original), root)
  if (existsSync(join(original, 'node_modules'))) linkPackages(original, directory)
  for (const { file, find, replace } of plant.changes) {
    const text = readFileSync(join(directory, file), 'utf8')
    writeFileSync(
      join(directory, file),
      text.replace(find, () => replace),
    )
  }
  const copy = { ...definition, directory }
  await buildSystem(copy, run.runId)
  return copy
}

/** Links `node_modules` of a folder, or of the nearest one above it that has some. */
function linkPackages(from: string, into: string): void {
  const packages = join(from, 'node_modules')
  if (existsSync(packages)) symlinkSync(packages, join(into, 'node_modules'))
  else if (dirname(from) !== from) linkPackages(dirname(from), into)
}
