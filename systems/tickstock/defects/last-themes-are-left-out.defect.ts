import { defect, source } from 'etalon'

export default defect('an expansion ends after seven themes', {
  refutes: ['TICK-ETF-01'],
  plant: source('src/producer/universe/expansion.ts', {
    find: 'JSON.stringify(themes.map(toRow))',
    replace: 'JSON.stringify(themes.slice(0, 7).map(toRow))',
  }),
})
