import { defect, source } from 'etalon'

export default defect('who begins a specialization gets progress and no licence', {
  refutes: ['LFA-T-31'],
  plant: source('src/operation/coupling.ts', {
    find: 'if (inserted) await insertCoupledLicense(tx, userId, specialization, 1, now)',
    replace: '',
  }),
})
