import { relative } from 'node:path'
import type { SystemRecord } from '../evidence/run-record.ts'
import {
  readRequirements,
  type RequirementsDocument,
} from '../requirements/requirements-document.ts'
import { readAcceptance, type Acceptance } from './acceptance.ts'
import type { Catalogue, CataloguedClaim } from './catalogue.ts'
import { checkCatalogue } from './check-catalogue.ts'
import { collect } from './collect.ts'
import { loadSystems } from './load-systems.ts'
import { selectClaims } from './select.ts'
import { companionsOf } from './companion.ts'
import type { ConfiguredSystem } from './system-config.ts'

/** A system read and checked, ready to be run. */
export interface PreparedSystem {
  readonly system: ConfiguredSystem
  readonly document: RequirementsDocument
  readonly catalogue: Catalogue
  readonly acceptance: Acceptance
  /** The claims this run shall try to refute. */
  readonly selected: readonly CataloguedClaim[]
  /** Those that are run with them, because one of them judges what these reach. */
  readonly companions: readonly CataloguedClaim[]
}

export interface Preparation {
  readonly systems: readonly PreparedSystem[]
}

export interface PrepareOptions {
  readonly directory: string
  readonly systems: readonly string[]
  readonly only: readonly string[]
}

/**
 * Reads configurations, requirements, claims and defects, and refuses what could not be judged.
 * Starts nothing.
 *
 * @throws ETALON_CONFIG_*, ETALON_REQUIREMENTS_*, ETALON_CLAIM_*, ETALON_DEFECT_*
 */
export async function prepareSystems(options: PrepareOptions): Promise<Preparation> {
  const systems = await loadSystems(options.directory, options.systems)
  const read = await Promise.all(systems.map((system) => prepareSystem(system, options.directory)))
  const named = new Set(
    selectClaims(
      read.flatMap(({ catalogue }) => catalogue.claims),
      options.only,
    ),
  )
  return {
    systems: read
      .map((one) => {
        const selected = one.catalogue.claims.filter((each) => named.has(each))
        return { ...one, selected, companions: companionsOf(selected, one.catalogue.claims) }
      })
      .filter(({ selected }) => options.only.length === 0 || selected.length > 0),
  }
}

/** The part of a run's record that tells of a system. */
export function systemRecordOf({ system, document }: PreparedSystem): SystemRecord {
  return {
    name: system.config.name,
    title: system.config.title,
    document: `requirements/${system.config.name}.md`,
    requirements: document.requirements,
  }
}

async function prepareSystem(
  system: ConfiguredSystem,
  directory: string,
): Promise<Omit<PreparedSystem, 'selected' | 'companions'>> {
  const shown = relative(directory, system.requirementsFile)
  const document = readRequirements(system.requirementsFile, shown)
  const { claimFiles, defectFiles } = system
  const catalogue = await collect({ claimFiles, defectFiles })
  checkCatalogue(system, catalogue, document)
  return { system, document, catalogue, acceptance: readAcceptance(system.definition.directory) }
}
