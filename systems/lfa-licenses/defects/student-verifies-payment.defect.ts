import { defect, source } from 'etalon'

export default defect('whoever is signed in can verify a payment, also the own', {
  refutes: ['LFA-T-07'],
  plant: source('src/routes/credit.ts', {
    find: 'config: access.admin,',
    replace: 'config: access.signedIn,',
  }),
})
