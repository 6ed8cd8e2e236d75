import type Graph from 'graphology'
import type Sigma from 'sigma'
import { createNormalizationFunction, graphExtent } from 'sigma/utils'

interface Point {
  readonly x: number
  readonly y: number
}

/** Everything that is drawn in one colour at once. */
type ByColour<Thing> = ReadonlyMap<string, readonly Thing[]>

interface Dot extends Point {
  readonly size: number
  readonly color: string
  readonly ring: string
  readonly label: string
  readonly forceLabel: boolean
}

/** The share of a node inside its ring. */
const insideRing = 0.65
const labelPx = 12
const fullTurn = 2 * Math.PI

/**
 * A plain picture of a large graph for as long as it moves: links as lines of one pixel, characters as
 * discs, names of the selected only. It stands over WebGL's picture, which is not drawn meanwhile:
 * without a graphics card that takes ten times as long as lines of one pixel on a plain canvas,
 * and with one the picture of each step is thrown away before anybody could look at its details.
 */
export class Sketch {
  readonly #sigma: Sigma
  readonly #graph: Graph
  readonly #canvas = document.createElement('canvas')
  readonly #pen: CanvasRenderingContext2D | null
  #project: (point: Point) => Point = (point) => point
  #links: ByColour<readonly [Point, Point]> = new Map()
  #dots: readonly Dot[] = []

  constructor(sigma: Sigma, graph: Graph) {
    this.#sigma = sigma
    this.#graph = graph
    this.#canvas.className = 'network-sketch'
    // What is read often stays in memory, where lines of one pixel cost least.
    this.#pen = this.#canvas.getContext('2d', { willReadFrequently: true })
  }

  get isOpen(): boolean {
    return this.#canvas.isConnected
  }

  /** Takes the place of the picture until it is closed; called again when the graph has changed. */
  open(): void {
    const { mouse, ...drawn } = this.#sigma.getCanvases()
    for (const canvas of Object.values(drawn)) canvas.style.visibility = 'hidden'
    mouse?.before(this.#canvas)
    // The attributes themselves are kept, in which each step puts the places.
    this.#dots = this.#graph.mapNodes((_id, attributes) => attributes as Dot)
    const links = new Map<string, (readonly [Point, Point])[]>()
    for (const { attributes, sourceAttributes, targetAttributes } of this.#graph.edgeEntries()) {
      if (attributes['hidden'] === true) continue
      const colour = attributes['color'] as string
      const alike = links.get(colour) ?? []
      alike.push([sourceAttributes as Dot, targetAttributes as Dot])
      links.set(colour, alike)
    }
    this.#links = links
  }

  /** Draws the graph as it stands now. */
  draw(): void {
    const pen = this.#pen
    if (pen === null) return
    const { width, height } = this.#sigma.getDimensions()
    // Setting the size clears it. A sharp screen gets no sharper lines while they move.
    Object.assign(this.#canvas, { width, height })
    this.#project = this.#projection()
    this.#drawLinks(pen)
    this.#drawDots(pen)
  }

  close(): void {
    this.#canvas.remove()
    for (const canvas of Object.values(this.#sigma.getCanvases())) canvas.style.visibility = ''
    this.#links = new Map()
    this.#dots = []
  }

  /** Where a node stands in the graph's element. */
  placeOf(id: string): Point {
    return this.#project(this.#graph.getNodeAttributes(id) as Dot)
  }

  #drawLinks(pen: CanvasRenderingContext2D): void {
    pen.lineWidth = 1
    for (const [colour, links] of this.#links) {
      pen.beginPath()
      for (const [one, other] of links) {
        const from = this.#project(one)
        const to = this.#project(other)
        pen.moveTo(from.x, from.y)
        pen.lineTo(to.x, to.y)
      }
      pen.strokeStyle = colour
      pen.stroke()
    }
  }

  #drawDots(pen: CanvasRenderingContext2D): void {
    for (const part of ['ring', 'color'] as const) {
      const share = part === 'ring' ? 1 : insideRing
      for (const [colour, dots] of Map.groupBy(this.#dots, (dot) => dot[part])) {
        pen.beginPath()
        for (const dot of dots) {
          const { x, y } = this.#project(dot)
          const radius = this.#sigma.scaleSize(dot.size) * share
          pen.moveTo(x + radius, y)
          pen.arc(x, y, radius, 0, fullTurn)
        }
        pen.fillStyle = colour
        pen.fill()
      }
    }
    pen.font = `${labelPx}px ${this.#sigma.getSetting('labelFont')}`
    pen.fillStyle = this.#sigma.getSetting('labelColor').color ?? ''
    for (const dot of this.#dots.filter(({ forceLabel }) => forceLabel)) {
      const { x, y } = this.#project(dot)
      pen.fillText(dot.label, x + dot.size + 3, y + labelPx / 3)
    }
  }

  /** From the graph to the screen as Sigma would do it, worked out once for all points: it is affine. */
  #projection(): (point: Point) => Point {
    const extent = this.#sigma.getCustomBBox() ?? graphExtent(this.#graph)
    const normalized = createNormalizationFunction(extent)
    const graphDimensions = {
      width: extent.x[1] - extent.x[0] || 1,
      height: extent.y[1] - extent.y[0] || 1,
    }
    const exactly = (point: Point): Point =>
      this.#sigma.framedGraphToViewport(normalized({ ...point }), { graphDimensions })
    const origin = exactly({ x: 0, y: 0 })
    const right = exactly({ x: 1, y: 0 })
    const up = exactly({ x: 0, y: 1 })
    return ({ x, y }) => ({
      x: origin.x + x * (right.x - origin.x) + y * (up.x - origin.x),
      y: origin.y + x * (right.y - origin.y) + y * (up.y - origin.y),
    })
  }
}
