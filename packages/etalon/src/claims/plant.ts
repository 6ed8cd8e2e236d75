/**
 * How a defect gets into a system: always from outside, never by a switch in the product's code.
 */
export type Plant = SourcePlant | RebuiltPlant | SqlPlant | EnvironmentPlant

/** What may be different in a further revision, which works on the same database. */
export type RevisionPlant = SourcePlant | EnvironmentPlant

/** A text of a source file is replaced when the process loads it. Node.js processes only. */
export interface SourcePlant {
  readonly kind: 'source'
  readonly changes: readonly SourceChange[]
}

export interface SourceChange {
  /** Relative to the system's folder. */
  readonly file: string
  /** Stands in the file exactly once. */
  readonly find: string
  readonly replace: string
}

/**
 * Texts of source files are replaced in a copy of the system's folder, which is then built and
 * started: for what no Node.js process loads as it stands, such as pages.
 */
export interface RebuiltPlant {
  readonly kind: 'rebuilt'
  readonly changes: readonly SourceChange[]
}

/** Statements run on the fresh database before the system starts. */
export interface SqlPlant {
  readonly kind: 'sql'
  readonly statements: readonly string[]
}

/** Variables added to the environment of every process. */
export interface EnvironmentPlant {
  readonly kind: 'environment'
  readonly variables: Readonly<Record<string, string>>
}

/** A change of one source file. */
export function source(file: string, change: { find: string; replace: string }): SourcePlant {
  return { kind: 'source', changes: [{ file, ...change }] }
}

/** Changes of several places at once. */
export function sources(...changes: readonly SourceChange[]): SourcePlant {
  return { kind: 'source', changes }
}

/** A change of one source file that has to be built. */
export function rebuilt(file: string, change: { find: string; replace: string }): RebuiltPlant {
  return { kind: 'rebuilt', changes: [{ file, ...change }] }
}

/** One or more SQL statements. */
export function sql(...statements: readonly string[]): SqlPlant {
  return { kind: 'sql', statements }
}

/** Environment variables. */
export function environment(variables: Readonly<Record<string, string>>): EnvironmentPlant {
  return { kind: 'environment', variables }
}

/** A plant in one line, for the reports. */
export function describePlant(plant: Plant): string {
  switch (plant.kind) {
    case 'source':
    case 'rebuilt':
      return plant.changes.map(({ file }) => file).join(', ')
    case 'sql':
      return plant.statements.join('; ').replaceAll(/\s+/g, ' ')
    case 'environment':
      return Object.entries(plant.variables)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ')
  }
}
