import { defect, source } from 'etalon'

export default defect('a renewal takes its price without a row in the ledger', {
  refutes: ['LFA-CRD-05'],
  plant: source('src/operation/renewal.ts', {
    find: 'if (cost > 0) await ledgers.INTERNSHIP.enterRenewal(tx, id, cost, actor.id, key, now)',
    replace: '',
  }),
})
