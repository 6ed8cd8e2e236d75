import { defect, source } from 'etalon'

export default defect('progress is committed before the licence is written', {
  refutes: ['LFA-T-36', 'LFA-CPL-05'],
  plant: source('src/operation/coupling.ts', {
    find: 'const [created] = await insertCoupledLicense(',
    replace: `await tx.query('commit; begin')
  const [created] = await insertCoupledLicense(`,
  }),
})
