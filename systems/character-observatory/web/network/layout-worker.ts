import iterate from 'graphology-layout-forceatlas2/iterate.js'
import type { LayoutOrder, LayoutStep } from './layout.ts'

// The compiler knows the types of a page here, and not those of a worker.
const page = globalThis as unknown as {
  addEventListener(type: 'message', hear: (message: { readonly data: LayoutOrder }) => void): void
  postMessage(step: LayoutStep, transfer: readonly ArrayBufferLike[]): void
}

/** How often the page is told; more than a screen shows is of no use. */
const tellEveryMs = 16

/** Moves nodes until the given number of iterations is done, in turns that can be interrupted. */
page.addEventListener('message', ({ data }) => {
  const { nodes, edges, settings, iterations, isStepwise } = data
  const turnMs = isStepwise ? tellEveryMs : Number.POSITIVE_INFINITY
  let done = 0
  const turn = (): void => {
    const untilMs = performance.now() + turnMs
    do {
      iterate(settings, nodes, edges)
      done += 1
    } while (done < iterations && performance.now() < untilMs)
    const moved = nodes.slice()
    page.postMessage({ nodes: moved, isLast: done >= iterations }, [moved.buffer])
    if (done < iterations) setTimeout(turn)
  }
  turn()
})
