import { defect, source } from 'etalon'

export default defect('a renewal enters one credit less in the ledger than it takes', {
  refutes: ['LFA-CRD-05'],
  plant: source('src/operation/renewal.ts', {
    find: 'enterRenewal(tx, id, cost, actor.id, key, now)',
    replace: 'enterRenewal(tx, id, cost - 1, actor.id, key, now)',
  }),
})
