import { defect, source } from 'etalon'

export default defect('made-up figures are given out for those of a provider that has a key', {
  refutes: ['TICK-ETF-11'],
  plant: source('src/producer/reference/synthetic.ts', {
    find: "source: 'synthetic'",
    replace: "source: process.env['POLYGON_API_KEY'] ? 'polygon' : 'synthetic'",
  }),
})
