import { defect, source } from 'etalon'

export default defect('the graph goes on telling what it told first', {
  refutes: ['CHAR-T-61/graph'],
  plant: source('src/graph/postgres-graph.ts', {
    find: 'const [nodes, edges] = await Promise.all([nodesOf(pool, ecosystem), edgesOf(pool, ecosystem)])',
    replace:
      'const all = (pool as any).told ??= Promise.all([nodesOf(pool, ecosystem), edgesOf(pool, ecosystem)])\n      const [nodes, edges] = await all',
  }),
})
