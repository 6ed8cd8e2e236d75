import type Graph from 'graphology'
import { inferSettings } from 'graphology-layout-forceatlas2'
import { graphToByteArrays } from 'graphology-layout-forceatlas2/helpers.js'

/** What the worker is to do. */
export interface LayoutOrder {
  readonly nodes: Float32Array
  readonly edges: Float32Array
  readonly settings: object
  readonly iterations: number
  /** Whether it tells of the way, or of the end only. */
  readonly isStepwise: boolean
}

/** What the worker tells. */
export interface LayoutStep {
  /** Two numbers of each node, in the order of the graph. */
  readonly places: Float32Array
  readonly isLast: boolean
}

/** A layout by forces (ForceAtlas2) that runs beside the page. */
export interface Layout {
  /** Begins anew from where the nodes are; nodes with `fixed` stay. */
  start(iterations: number): void
  stop(): void
}

/** What is told of a layout. */
export interface LayoutListener {
  onStart(): void
  /** At most once for each frame. */
  onStep(places: Float32Array): void
  onEnd(): void
}

export function createLayout(graph: Graph, listener: LayoutListener): Layout {
  let worker: Worker | undefined
  let frame: number | undefined
  const halt = (): void => {
    worker?.terminate()
    worker = undefined
    if (frame !== undefined) cancelAnimationFrame(frame)
    frame = undefined
  }
  const stop = (): void => {
    if (worker === undefined) return
    halt()
    listener.onEnd()
  }
  const hear = ({ data: { places, isLast } }: MessageEvent<LayoutStep>): void => {
    frame = requestAnimationFrame(() => {
      frame = undefined
      // The next step is worked on while this one is drawn.
      if (!isLast) worker?.postMessage('next', [])
      listener.onStep(places)
      if (isLast) stop()
    })
  }
  return {
    start(iterations) {
      halt()
      if (graph.order < 2) return
      worker = new Worker(new URL('layout-worker.ts', import.meta.url), { type: 'module' })
      worker.addEventListener('message', hear)
      const order: LayoutOrder = {
        ...graphToByteArrays(graph, (_edge, { weight }) => weight),
        settings: settingsFor(graph),
        iterations,
        isStepwise: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      }
      worker.postMessage(order, [order.nodes.buffer, order.edges.buffer])
      listener.onStart()
    },
    stop,
  }
}

/** ForceAtlas2's own defaults, where a graph's size asks for nothing else. */
const usual = {
  linLogMode: false,
  outboundAttractionDistribution: false,
  adjustSizes: false,
  edgeWeightInfluence: 1,
  scalingRatio: 10,
  strongGravityMode: false,
  gravity: 1,
  slowDown: 1,
  barnesHutOptimize: false,
  barnesHutTheta: 0.5,
}

function settingsFor(graph: Graph): object {
  return Object.assign({}, usual, inferSettings(graph))
}
