import { defect, source } from 'etalon'

export default defect('a season that says no price costs a tenth of it', {
  refutes: ['LFA-CRD-06/price'],
  plant: source('src/config.ts', {
    find: 'SEASON_COST_CREDITS: credits(5_000),',
    replace: 'SEASON_COST_CREDITS: credits(500),',
  }),
})
