import type Graph from 'graphology'
import type Sigma from 'sigma'

/** Lets a pointer move nodes; who was moved stays where it was put. */
export function dragNodes(sigma: Sigma, graph: Graph, onStart: () => void): void {
  let held: string | undefined
  sigma.on('downNode', ({ node, event }) => {
    held = node
    event.preventSigmaDefault()
    // What is moved would otherwise move the frame in which all stand.
    if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox())
  })
  sigma.on('moveBody', ({ event }) => {
    if (held === undefined) return
    onStart()
    const { x, y } = sigma.viewportToGraph(event)
    graph.mergeNodeAttributes(held, { x, y, fixed: true })
    event.preventSigmaDefault()
    event.original.preventDefault()
  })
  const drop = (): void => {
    held = undefined
  }
  sigma.on('upNode', drop)
  sigma.on('upStage', drop)
}
