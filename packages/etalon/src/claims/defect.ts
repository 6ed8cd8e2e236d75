import type { Plant } from './plant.ts'

/** A small planted fault, and the claims that must convict it. */
export interface Defect {
  readonly title: string
  readonly refutes: readonly string[]
  readonly plant: Plant
}

/**
 * Declares a defect; the default export of a `*.defect.ts` file.
 *
 * @param title what is wrong with the system, as one would say it in a review
 */
export function defect(
  title: string,
  facts: { readonly refutes: readonly string[]; readonly plant: Plant },
): Defect {
  return { title, ...facts }
}

/** Whether a file's default export is a defect; gives what is wrong with it, or `undefined`. */
export function defectProblem(exported: unknown): string | undefined {
  const candidate = exported as Partial<Defect> | undefined
  if (typeof candidate?.title !== 'string') return 'its default export is no defect'
  if (!Array.isArray(candidate.refutes) || candidate.refutes.length === 0) {
    return '`refutes` names no claim'
  }
  const kinds = ['source', 'rebuilt', 'sql', 'environment']
  if (!kinds.includes(candidate.plant?.kind ?? ''))
    return '`plant` is no source, rebuilt, sql or environment'
  return undefined
}
