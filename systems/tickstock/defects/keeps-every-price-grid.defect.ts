import { defect, source } from 'etalon'

export default defect('a series keeps the grid of prices that it was measured on', {
  refutes: ['TICK-SCN-08'],
  plant: source('src/producer/scenario/outcome.ts', {
    find: '    const measured = Math.round(',
    replace: `    Reflect.set(series, rule.name, new Float64Array(2_000_000).fill(1))
    const measured = Math.round(`,
  }),
})
