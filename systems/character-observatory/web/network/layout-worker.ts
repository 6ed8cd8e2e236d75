import iterate from 'graphology-layout-forceatlas2/iterate.js'
import type { LayoutOrder, LayoutStep } from './layout.ts'

// The compiler knows the types of a page here, and not those of a worker.
const page = globalThis as unknown as {
  addEventListener(
    type: 'message',
    hear: (message: { readonly data: LayoutOrder | 'next' }) => void,
  ): void
  postMessage(step: LayoutStep, transfer: readonly ArrayBufferLike[]): void
}

/** How long one step is worked on: less than a screen takes for a frame. */
const turnMs = 6
/** Numbers of one node in a matrix of ForceAtlas2; its place comes first. */
const numbersPerNode = 10

let order: LayoutOrder | undefined
let done = 0

/**
 * Moves nodes for one step and waits until the page wants the next, so that who draws slowly is not
 * overtaken.
 */
page.addEventListener('message', ({ data }) => {
  if (data !== 'next') {
    order = data
    done = 0
  }
  if (order !== undefined) step(order)
})

function step({ nodes, edges, settings, iterations, isStepwise }: LayoutOrder): void {
  const untilMs = isStepwise ? performance.now() + turnMs : Number.POSITIVE_INFINITY
  do {
    iterate(settings, nodes, edges)
    done += 1
  } while (done < iterations && performance.now() < untilMs)
  const places = new Float32Array((nodes.length / numbersPerNode) * 2)
  for (let at = 0, from = 0; from < nodes.length; at += 2, from += numbersPerNode) {
    places[at] = nodes[from] ?? 0
    places[at + 1] = nodes[from + 1] ?? 0
  }
  page.postMessage({ places, isLast: done >= iterations }, [places.buffer])
}
