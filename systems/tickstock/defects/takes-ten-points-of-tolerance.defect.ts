import { defect, source } from 'etalon'

export default defect('a percentage may miss what it declares by ten points', {
  refutes: ['TICK-SCN-06'],
  plant: source('src/producer/scenario/outcome.ts', {
    find: "unit: 'percent', declared, tolerance: 2 }",
    replace: "unit: 'percent', declared, tolerance: 10 }",
  }),
})
