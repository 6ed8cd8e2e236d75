import { defect, source } from 'etalon'

export default defect('an assessment writes passing and dribbling into each other', {
  refutes: ['LFA-API-01'],
  plant: source('src/routes/player.ts', {
    find: `body.passing_avg ?? null,
        body.dribbling_avg ?? null,`,
    replace: `body.dribbling_avg ?? null,
        body.passing_avg ?? null,`,
  }),
})
