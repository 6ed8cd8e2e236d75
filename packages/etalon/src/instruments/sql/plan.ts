/** A query's plan as it was executed, as facts that a claim can compare. */
export interface Plan {
  readonly nodes: readonly PlanNode[]
  /** Names of the indexes that were read. */
  readonly indexes: readonly string[]
  /** Tables that were read from end to end. */
  readonly sequentialScans: readonly string[]
  readonly rows: number
  readonly sharedHitBlocks: number
  readonly sharedReadBlocks: number
  readonly planningMs: number
  readonly executionMs: number
}

/** One step of a plan. */
export interface PlanNode {
  readonly kind: string
  readonly relation?: string
  readonly index?: string
  readonly rows: number
  readonly loops: number
}

/** The answer of `explain (analyze, buffers, format json)`. */
export interface ExplainAnswer {
  readonly Plan: ExplainNode
  readonly 'Planning Time'?: number
  readonly 'Execution Time'?: number
}

interface ExplainNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Actual Rows'?: number
  readonly 'Actual Loops'?: number
  readonly 'Shared Hit Blocks'?: number
  readonly 'Shared Read Blocks'?: number
  readonly Plans?: readonly ExplainNode[]
}

/** Reads PostgreSQL's explanation of a query into facts. */
export function planOf(answer: ExplainAnswer): Plan {
  const nodes = flatten(answer.Plan)
  const root = answer.Plan
  return {
    nodes: nodes.map((node) => ({
      kind: node['Node Type'],
      rows: node['Actual Rows'] ?? 0,
      loops: node['Actual Loops'] ?? 0,
      ...(node['Relation Name'] === undefined ? {} : { relation: node['Relation Name'] }),
      ...(node['Index Name'] === undefined ? {} : { index: node['Index Name'] }),
    })),
    indexes: distinct(nodes.map((node) => node['Index Name'])),
    sequentialScans: distinct(
      nodes
        .filter((node) => node['Node Type'].includes('Seq Scan'))
        .map((node) => node['Relation Name']),
    ),
    rows: root['Actual Rows'] ?? 0,
    sharedHitBlocks: root['Shared Hit Blocks'] ?? 0,
    sharedReadBlocks: root['Shared Read Blocks'] ?? 0,
    planningMs: answer['Planning Time'] ?? 0,
    executionMs: answer['Execution Time'] ?? 0,
  }
}

function flatten(node: ExplainNode): ExplainNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)]
}

function distinct(names: readonly (string | undefined)[]): string[] {
  return [...new Set(names.filter((name) => name !== undefined))]
}
