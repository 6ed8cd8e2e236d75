import { defect, source } from 'etalon'

export default defect('costs are added up as binary fractions', {
  refutes: ['JEEX-R-12'],
  plant: source('src/execution-figure.ts', {
    find: 'sum + Math.round(cost * 1e6), 0) / 1e6',
    replace: 'sum + cost, 0)',
  }),
})
