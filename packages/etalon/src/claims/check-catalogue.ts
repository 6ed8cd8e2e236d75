import { relative } from 'node:path'
import { EtalonError } from '../kernel/errors.ts'
import type { RequirementsDocument } from '../requirements/requirements-document.ts'
import type { Catalogue } from './catalogue.ts'
import { checkAnchors } from './source-plant.ts'
import type { ConfiguredSystem } from './system-config.ts'

/**
 * Refuses a catalogue that could not be judged: a claim without its requirement, two claims of one
 * id, a defect that names no claim or whose anchor is lost, two defects of one title.
 *
 * @throws ETALON_CLAIM_*, ETALON_DEFECT_*
 */
export function checkCatalogue(
  system: ConfiguredSystem,
  catalogue: Catalogue,
  document: RequirementsDocument,
): void {
  const { directory } = system.definition
  const shown = (file: string): string => relative(directory, file)
  const known = new Set(document.requirements.map(({ id }) => id))
  const fileOf = new Map<string, string>()
  for (const { id, file, requirements } of catalogue.claims) {
    const firstFile = fileOf.get(id)
    if (firstFile !== undefined) {
      const facts = { id, firstFile: shown(firstFile), file: shown(file) }
      throw new EtalonError('ETALON_CLAIM_DUPLICATE_ID', facts)
    }
    fileOf.set(id, file)
    const unknown = requirements.find((requirement) => !known.has(requirement))
    if (unknown !== undefined) {
      throw new EtalonError('ETALON_CLAIM_WITHOUT_REQUIREMENT', {
        file: shown(file),
        claim: id,
        id: unknown,
        requirements: shown(document.file),
      })
    }
  }
  const defectFileOf = new Map<string, string>()
  for (const { title, file, refutes, plant } of catalogue.defects) {
    const firstFile = defectFileOf.get(title)
    if (firstFile !== undefined) {
      const problem = `it has the title of ${shown(firstFile)}: ${title}`
      throw new EtalonError('ETALON_DEFECT_INVALID', { file: shown(file), problem })
    }
    defectFileOf.set(title, file)
    const lost = refutes.find((id) => !fileOf.has(id))
    if (lost !== undefined) {
      throw new EtalonError('ETALON_DEFECT_UNKNOWN_CLAIM', { defect: title, id: lost })
    }
    if ('changes' in plant) checkAnchors(plant, directory, title)
  }
}
