import { defect, rebuilt } from 'etalon'

export default defect('a graph that is left keeps its listeners and its drawing', {
  refutes: ['CHAR-T-51'],
  plant: rebuilt('web/network/use-network.ts', {
    find: 'made.end()',
    replace: 'Object.assign(globalThis, { [crypto.randomUUID()]: made })',
  }),
})
