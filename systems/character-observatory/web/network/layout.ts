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
  readonly nodes: Float32Array
  readonly isLast: boolean
}

/** Numbers of one node in a matrix of ForceAtlas2; its place comes first. */
const numbersPerNode = 10

/** A layout by forces (ForceAtlas2) that runs beside the page. */
export interface Layout {
  readonly isRunning: boolean
  /** Begins anew from where the nodes are; nodes with `fixed` stay. */
  start(iterations: number): void
  stop(): void
}

/** @param onChange called when it begins and when it ends */
export function createLayout(graph: Graph, onChange: (isRunning: boolean) => void): Layout {
  let worker: Worker | undefined
  let latest: LayoutStep | undefined
  let frame: number | undefined
  const stop = (): void => {
    if (worker === undefined) return
    worker.terminate()
    worker = undefined
    if (frame !== undefined) cancelAnimationFrame(frame)
    frame = undefined
    onChange(false)
  }
  const take = (): void => {
    frame = undefined
    if (latest === undefined) return
    const { nodes, isLast } = latest
    let at = 0
    graph.updateEachNodeAttributes(
      (_id, attributes) => {
        attributes['x'] = nodes[at]
        attributes['y'] = nodes[at + 1]
        at += numbersPerNode
        return attributes
      },
      { attributes: ['x', 'y'] },
    )
    if (isLast) stop()
  }
  /** Only the latest is drawn: where drawing takes long, steps in between are passed over. */
  const hear = ({ data }: MessageEvent<LayoutStep>): void => {
    latest = data
    frame ??= requestAnimationFrame(take)
  }
  return {
    get isRunning() {
      return worker !== undefined
    },
    start(iterations) {
      stop()
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
      onChange(true)
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
