import { cyclicComponents } from './components.ts'
import { GraphBuilder, onward, partOf, type Graph, type Part } from './graph.ts'
import { bitOf } from './transaction.ts'

/** Which walks through a graph count. */
export interface View {
  /** Those over edges of these kinds. */
  readonly mask: number
  /** Those on which no two anti-dependencies (`rw`) follow each other. */
  readonly isApart?: boolean
}

/**
 * All of a graph that lies on a cycle of such walks, and no edge that lies on none; `undefined`
 * where there is no cycle. Linear, so that whether there is one is known of every graph.
 *
 * Where anti-dependencies are kept apart, a node may be in it twice: for those who came to it by
 * one, and have to go on by something else, and for all others.
 */
export function cyclicPart(graph: Graph, view: View): Part | undefined {
  const walks = walksOf(graph, view)
  const components = cyclicComponents(walks)
  if (components.length === 0) return undefined
  const part = partOf(walks, components, new Int32Array(walks.nodes).fill(-1))
  return view.isApart === true ? { ...part, names: part.names.map((node) => node >> 1) } : part
}

/** Kept apart, node `n` is `2n`, and `2n + 1` for who came there by an anti-dependency. */
function walksOf({ nodes, starts, targets, kinds, keys }: Graph, { mask, isApart }: View): Graph {
  const builder = new GraphBuilder(isApart === true ? nodes * 2 : nodes)
  for (let source = 0; source < nodes; source += 1) {
    const end = starts[source + 1] as number
    for (let edge = starts[source] as number; edge < end; edge += 1) {
      const [target, kind] = [targets[edge] as number, kinds[edge] as number]
      if ((kind & (mask | onward)) === 0) continue
      const add = (from: number, to: number): void => {
        builder.edge(from, to, kind, keys[edge] as number)
      }
      if (isApart !== true) add(source, target)
      else if (kind === bitOf.rw) add(source * 2, target * 2 + 1)
      else {
        add(source * 2, target * 2)
        add(source * 2 + 1, target * 2 + (kind === onward ? 1 : 0))
      }
    }
  }
  return builder.build()
}
