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

/** The layout of a graph; it has a worker from its start to its end. */
export function createLayout(graph: Graph, listener: LayoutListener): Layout {
  let worker: Worker | undefined
  let frame: number | undefined
  /** A step that came before the one before it was drawn. */
  let early: LayoutStep | undefined
  const halt = (): void => {
    worker?.terminate()
    worker = undefined
    early = undefined
    if (frame !== undefined) cancelAnimationFrame(frame)
    frame = undefined
  }
  const stop = (): void => {
    if (worker === undefined) return
    halt()
    listener.onEnd()
  }
  const show = ({ places, isLast }: LayoutStep): void => {
    frame = requestAnimationFrame(() => {
      frame = undefined
      listener.onStep(places)
      if (isLast) return stop()
      const next = early
      early = undefined
      if (next) show(next)
    })
    // The next step is worked on until this one is drawn, and no further one.
    if (!isLast) worker?.postMessage('next', [])
  }
  const hear = ({ data, currentTarget }: MessageEvent<LayoutStep>): void => {
    // What an ended one said last is of a graph that has changed.
    if (currentTarget !== worker) return
    if (frame === undefined) show(data)
    else early = data
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
