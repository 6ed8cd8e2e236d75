import { createNodeBorderProgram } from '@sigma/node-border'
import type Graph from 'graphology'
import { Sigma } from 'sigma'
import type { Palette } from './look.ts'

export const zoomMin = 0.5
export const zoomMax = 3
/** Room for the names of those at the edge. */
const stagePaddingPx = 36

/** Draws a graph with WebGL: each node with a ring, names beside it. */
export function createSigma(graph: Graph, container: HTMLElement, palette: Palette): Sigma {
  return new Sigma(graph, container, {
    allowInvalidContainer: true,
    minCameraRatio: 1 / zoomMax,
    maxCameraRatio: 1 / zoomMin,
    enableEdgeEvents: false,
    labelFont: getComputedStyle(container).fontFamily,
    labelSize: 12,
    labelColor: { color: palette.text },
    labelRenderedSizeThreshold: 0,
    labelDensity: 0.6,
    stagePadding: stagePaddingPx,
    // What is pointed at is told beside it, by the page.
    defaultDrawNodeHover: () => undefined,
    defaultNodeType: 'ringed',
    nodeProgramClasses: {
      ringed: createNodeBorderProgram({
        borders: [
          { color: { attribute: 'ring' }, size: { value: 0.28 } },
          { color: { attribute: 'gap' }, size: { value: 0.12 } },
          { color: { attribute: 'color' }, size: { fill: true } },
        ],
      }),
    },
  })
}
