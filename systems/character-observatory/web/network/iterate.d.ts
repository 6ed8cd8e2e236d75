declare module 'graphology-layout-forceatlas2/iterate.js' {
  /** One iteration of ForceAtlas2, in place. */
  export default function iterate(
    settings: object,
    nodes: Float32Array,
    edges: Float32Array,
  ): object
}

declare module 'graphology-layout-forceatlas2/helpers.js' {
  import type Graph from 'graphology'

  /** A graph as ForceAtlas2 takes it. */
  export function graphToByteArrays(
    graph: Graph,
    weightOf: (edge: string, attributes: { readonly weight: number }) => number,
  ): { readonly nodes: Float32Array; readonly edges: Float32Array }
}
