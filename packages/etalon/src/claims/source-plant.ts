import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EtalonError } from '../kernel/errors.ts'
import type { RebuiltPlant, SourceChange, SourcePlant } from './plant.ts'

/** Tells the hook in a planted process where its changes are. */
export const plantVariable = 'ETALON_PLANT'

const hook = new URL('source-plant-hook.ts', import.meta.url).href

/**
 * Refuses a plant whose anchor no longer matches: a defect that changes nothing would be convicted
 * of nothing, and one that changes two places is not small.
 *
 * @throws ETALON_DEFECT_ANCHOR_LOST
 */
export function checkAnchors(
  plant: SourcePlant | RebuiltPlant,
  systemDirectory: string,
  defect: string,
): void {
  for (const { file, find } of plant.changes) {
    const source = join(systemDirectory, file)
    const count = existsSync(source) ? readFileSync(source, 'utf8').split(find).length - 1 : 0
    if (count === 1) continue
    const anchor = find.trim().split('\n')[0] ?? ''
    throw new EtalonError('ETALON_DEFECT_ANCHOR_LOST', { defect, file, count, anchor })
  }
}

/** A source with the changes of a plant made. */
export function withChanges(source: string, changes: readonly SourceChange[]): string {
  return changes.reduce((text, { find, replace }) => text.replace(find, () => replace), source)
}

/** Writes a plant into a folder of the run; gives the module that plants it and what that needs. */
export function prepareSourcePlant(
  plant: SourcePlant,
  systemDirectory: string,
  runDirectory: string,
): { readonly import: string; readonly env: Readonly<Record<string, string>> } {
  const file = join(runDirectory, `plant-${randomBytes(4).toString('hex')}.json`)
  const changes = plant.changes.map((change) => ({
    ...change,
    file: join(systemDirectory, change.file),
  }))
  writeFileSync(file, JSON.stringify(changes), { mode: 0o644 })
  return { import: hook, env: { [plantVariable]: file } }
}
