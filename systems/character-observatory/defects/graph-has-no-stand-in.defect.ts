import { defect, source } from 'etalon'

export default defect('nobody answers for the graph server while it is away', {
  refutes: ['CHAR-DB-11/away'],
  plant: source('src/graph/start-projected.ts', {
    find: "withStandIn(projected, stored, warn('the graph server is away'))",
    replace: 'projected',
  }),
})
