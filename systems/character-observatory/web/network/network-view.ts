import { UndirectedGraph } from 'graphology'
import type { Attributes } from 'graphology-types'
import type { Sigma } from 'sigma'
import type { CharacterView, LinkView } from '../api.ts'
import type { Selection } from '../observatory/selection.ts'
import { createSigma } from './create-sigma.ts'
import { dragNodes } from './drag.ts'
import { createLayout, type Layout } from './layout.ts'
import { Sketch } from './sketch.ts'
import { linkColour, readPalette, ringOf, sizeOf, widthOf, type Palette } from './look.ts'

/** What the graph shows, and how. */
export interface NetworkState {
  readonly characters: readonly CharacterView[]
  readonly links: readonly LinkView[]
  readonly selection: Selection
  readonly hasLabels: boolean
  /** Links that are weaker, warm or cold, are hidden. */
  readonly strengthMin: number
  /** Who comes and goes in the past moves nobody: all stand where they stand now. */
  readonly isPast: boolean
}

/** What the graph tells of itself. */
export interface NetworkListener {
  onSelect(id: string): void
  onHover(id: string | null): void
  /** Nodes or the camera have moved. */
  onMove(zoom: number): void
  onLayout(isRunning: boolean): void
}

/** What one press of a button or key makes larger. */
export const zoomStep = 1.25
const iterationsAtFirst = 400
const iterationsAfterChange = 120

/** A graph with more links than these is sketched while it moves. */
const linksDrawnWhileMovingMax = 400

/** The graph on the screen, drawn with WebGL. It is changed in place and never made anew. */
export class NetworkView {
  readonly #graph = new UndirectedGraph()
  readonly #sigma: Sigma
  readonly #layout: Layout
  readonly #sketch: Sketch
  readonly #container: HTMLElement
  readonly #theme: MutationObserver
  readonly #dark = matchMedia('(prefers-color-scheme: dark)')
  /** Where those stood who are gone; a replay brings them back. */
  readonly #left = new Map<string, Place>()
  #palette: Palette
  #state: NetworkState | undefined

  constructor(container: HTMLElement, listener: NetworkListener) {
    this.#container = container
    this.#palette = readPalette(container)
    this.#sigma = createSigma(this.#graph, container, this.#palette)
    this.#sketch = new Sketch(this.#sigma, this.#graph)
    this.#layout = createLayout(this.#graph, {
      onStart: () => {
        if (this.#graph.size > linksDrawnWhileMovingMax) this.#sketch.open()
        listener.onLayout(true)
      },
      onStep: (places) => {
        this.#move(places)
        if (this.#sketch.isOpen) listener.onMove(this.zoom)
      },
      onEnd: () => {
        if (this.#sketch.isOpen) {
          this.#sketch.close()
          this.#sigma.refresh()
        }
        listener.onLayout(false)
      },
    })
    this.#sigma.on('clickNode', ({ node }) => listener.onSelect(node))
    this.#sigma.on('enterNode', ({ node }) => {
      // What Sigma knows of places is older than what the sketch shows.
      if (!this.#sketch.isOpen) listener.onHover(node)
    })
    this.#sigma.on('leaveNode', () => listener.onHover(null))
    this.#sigma.on('afterRender', () => listener.onMove(this.zoom))
    container.addEventListener('pointerdown', this.#prepare, { capture: true })
    dragNodes(this.#sigma, this.#graph, () => this.#layout.stop())
    this.#theme = new MutationObserver(this.#repaint)
    this.#theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    this.#dark.addEventListener('change', this.#repaint)
  }

  get zoom(): number {
    return 1 / this.#sigma.getCamera().ratio
  }

  /** Links that can be seen. */
  get shownLinks(): number {
    return this.#graph.filterEdges((_id, { hidden }) => hidden !== true).length
  }

  /** Where a node stands in the graph's element. */
  placeOf(id: string): Place | undefined {
    if (!this.#graph.hasNode(id)) return undefined
    if (this.#sketch.isOpen) return this.#sketch.placeOf(id)
    const shown = this.#sigma.getNodeDisplayData(id)
    return shown && this.#sigma.framedGraphToViewport(shown)
  }

  /** Takes what has changed over into what is there. */
  update(state: NetworkState): void {
    const isFirst = this.#graph.order === 0
    this.#state = state
    const isOther = this.#takeNodes(state)
    const isLinked = this.#takeLinks(state)
    if (this.#sigma.getSetting('renderLabels') !== state.hasLabels) {
      this.#sigma.setSetting('renderLabels', state.hasLabels)
    }
    if (this.#sketch.isOpen) this.#sketch.open()
    if ((isOther || isLinked) && !state.isPast)
      this.arrange(isFirst ? iterationsAtFirst : iterationsAfterChange)
  }

  /** Lets the forces work. */
  arrange(iterations = iterationsAtFirst): void {
    this.#layout.start(iterations)
  }

  zoomBy(factor: number): void {
    const camera = this.#sigma.getCamera()
    void camera.animate({ ratio: camera.getBoundedRatio(camera.ratio / factor) }, { duration: 150 })
  }

  /** All of it, in the middle. */
  async fit(): Promise<void> {
    await this.#sigma.getCamera().animatedReset({ duration: 200 })
  }

  /** Gives back the worker, the listeners and the context of WebGL. */
  end(): void {
    this.#layout.stop()
    this.#container.removeEventListener('pointerdown', this.#prepare, { capture: true })
    this.#theme.disconnect()
    this.#dark.removeEventListener('change', this.#repaint)
    this.#sigma.kill()
    this.#graph.clear()
    this.#container.replaceChildren()
  }

  readonly #repaint = (): void => {
    this.#palette = readPalette(this.#container)
    this.#sigma.setSetting('labelColor', { color: this.#palette.text })
    if (this.#state) this.update(this.#state)
  }

  /** Who is pressed is looked for in WebGL's picture, which a sketch has left behind. */
  readonly #prepare = (): void => {
    if (this.#sketch.isOpen) this.#sigma.refresh()
  }

  /** Puts the nodes where a step of the layout has them, and draws that. */
  #move(places: Float32Array): void {
    let at = 0
    const put = (attributes: Attributes): Attributes =>
      Object.assign(attributes, { x: places[at++], y: places[at++] })
    if (this.#sketch.isOpen) {
      this.#graph.forEachNode((_id, attributes) => void put(attributes))
      this.#sketch.draw()
    } else {
      this.#graph.updateEachNodeAttributes((_id, attributes) => put(attributes), {
        attributes: ['x', 'y'],
      })
    }
  }

  /** Whether somebody came or left. */
  #takeNodes({ characters, selection }: NetworkState): boolean {
    const graph = this.#graph
    const before = graph.order
    const here = new Set(characters.map(({ id }) => id))
    for (const id of graph.nodes()) if (!here.has(id)) this.#drop(id)
    let isOther = graph.order !== before
    for (const [index, { id, name, social_energy }] of characters.entries()) {
      const isSelected = selection.includes(id)
      const looks = {
        label: isSelected ? `${selection.indexOf(id) + 1}  ${name}` : name,
        size: sizeOf(social_energy, characters.length) * (isSelected ? 1.3 : 1),
        color: isSelected ? this.#palette.text : this.#palette.node,
        ring: ringOf(social_energy, this.#palette),
        gap: this.#palette.surface,
        forceLabel: isSelected,
      }
      if (graph.hasNode(id)) {
        takeOver(graph.getNodeAttributes(id), looks, () => graph.mergeNodeAttributes(id, looks))
      } else {
        isOther = true
        graph.addNode(id, { ...looks, ...(this.#left.get(id) ?? spiralPlace(index)) })
      }
    }
    return isOther
  }

  #drop(id: string): void {
    const { x, y } = this.#graph.getNodeAttributes(id) as Place
    this.#left.set(id, { x, y })
    this.#graph.dropNode(id)
  }

  /** Whether two came to know each other, or no longer do. */
  #takeLinks({ links, strengthMin }: NetworkState): boolean {
    const graph = this.#graph
    const before = graph.size
    const here = new Set(links.map(({ a, b }) => `${a} ${b}`))
    for (const key of graph.edges()) if (!here.has(key)) graph.dropEdge(key)
    let isOther = graph.size !== before
    for (const { a, b, strength, trust } of links) {
      if (!graph.hasNode(a) || !graph.hasNode(b)) continue
      const key = `${a} ${b}`
      const looks = {
        size: widthOf(strength),
        color: linkColour(strength, trust, this.#palette),
        hidden: Math.abs(strength) < strengthMin,
        weight: 0.3 + Math.max(0, strength) * 2,
      }
      if (graph.hasEdge(key)) {
        takeOver(graph.getEdgeAttributes(key), looks, () => graph.mergeEdgeAttributes(key, looks))
      } else {
        isOther = true
        graph.addEdgeWithKey(key, a, b, looks)
      }
    }
    return isOther
  }
}

/** Changes only what is different: each change is drawn. */
function takeOver(now: object, looks: object, change: () => void): void {
  const known = now as Readonly<Record<string, unknown>>
  if (Object.entries(looks).some(([name, value]) => known[name] !== value)) change()
}

const goldenAngle = Math.PI * (3 - Math.sqrt(5))

type Place = Readonly<Record<'x' | 'y', number>>

/** A place of its own for each, the same each time: the seeds of a sunflower (Vogel 1979). */
function spiralPlace(index: number): Place {
  const distance = 10 * Math.sqrt(index + 0.5)
  const angle = index * goldenAngle
  return { x: distance * Math.cos(angle), y: distance * Math.sin(angle) }
}
