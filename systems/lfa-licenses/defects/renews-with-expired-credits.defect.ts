import { defect, source } from 'etalon'

export default defect('credits that have expired still pay for a renewal until the job comes by', {
  refutes: ['LFA-CRD-06/price'],
  plant: source('src/operation/renewal.ts', {
    find: `await expireCredits(tx, 'INTERNSHIP', id, now)`,
    replace: '',
  }),
})
