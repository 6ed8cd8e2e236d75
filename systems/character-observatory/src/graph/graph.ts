import type { RelationshipType } from '../rule/relationship.ts'

/** Two who know each other, as the graph keeps them. */
export interface Edge {
  /** The smaller id. */
  readonly a: string
  readonly b: string
  readonly strength: number
  readonly trust: number
  readonly familiarity: number
  readonly type: RelationshipType
  readonly count: number
  /** When they last met. */
  readonly last: Date | null
}

/** A character as the graph keeps it. */
export interface Node {
  readonly id: string
  readonly name: string
}

/** Who is there, and who knows whom. */
export interface Network {
  readonly nodes: Node[]
  readonly edges: Edge[]
}

/** Somebody within some steps of another. */
export interface Neighbour {
  readonly id: string
  readonly name: string
  /** The least number of steps. */
  readonly distance: number
}

/** The steps from one to another. */
export interface Path {
  readonly ids: string[]
  /** Sum of 1 - strength over its steps: less is closer. */
  readonly cost: number
}

/** How far neighbours may be asked for. */
export const depthMax = 4

/** The longest path that is looked for. */
export const pathMax = 6

/**
 * Questions about who knows whom. PostgreSQL answers them by default, from the relationships
 * themselves; Neo4j from a projection of them.
 */
export interface Graph {
  readonly name: 'postgres' | 'neo4j'
  /** Everybody within `depth` steps, the nearest first, at most `limit`. */
  neighbours(id: string, depth: number, limit: number): Promise<Neighbour[]>
  /** The way with the fewest steps, of those the closest; none where there is no way. */
  path(ecosystem: string, from: string, to: string): Promise<Path | undefined>
  network(ecosystem: string): Promise<Network>
  /** Ids of the ecosystems that it knows somebody of. */
  ecosystems(): Promise<string[]>
}
