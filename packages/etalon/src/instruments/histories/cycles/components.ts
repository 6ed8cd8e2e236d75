import type { Graph } from './graph.ts'

const unseen = -1

/**
 * The strongly connected components of more than one node. A graph has a cycle exactly where it
 * has such a component. Tarjan 1972, with a stack of its own instead of recursion.
 */
export function cyclicComponents(graph: Graph): number[][] {
  const { starts, targets } = graph
  const order = new Int32Array(graph.nodes).fill(unseen)
  const low = new Int32Array(graph.nodes)
  const onStack = new Uint8Array(graph.nodes)
  const cursor = starts.slice(0, graph.nodes)
  const path: number[] = []
  const stack: number[] = []
  const found: number[][] = []
  let counter = 0

  const enter = (node: number): void => {
    order[node] = counter
    low[node] = counter
    counter += 1
    onStack[node] = 1
    stack.push(node)
    path.push(node)
  }

  const leave = (node: number): void => {
    path.pop()
    const parent = path.at(-1)
    if (parent !== undefined) low[parent] = Math.min(low[parent] as number, low[node] as number)
    if (low[node] !== order[node]) return
    const component: number[] = []
    for (;;) {
      const member = stack.pop() as number
      onStack[member] = 0
      component.push(member)
      if (member === node) break
    }
    if (component.length > 1) found.push(component)
  }

  /** Goes on from a node: into a node not seen yet, or out of it. */
  const advance = (node: number): void => {
    while ((cursor[node] as number) < (starts[node + 1] as number)) {
      const edge = cursor[node] as number
      cursor[node] = edge + 1
      const target = targets[edge] as number
      if (order[target] === unseen) return enter(target)
      if (onStack[target] === 1) low[node] = Math.min(low[node] as number, order[target] as number)
    }
    leave(node)
  }

  const from = (root: number): void => {
    if (order[root] !== unseen) return
    enter(root)
    while (path.length > 0) advance(path.at(-1) as number)
  }

  for (let root = 0; root < graph.nodes; root += 1) from(root)
  return found
}
