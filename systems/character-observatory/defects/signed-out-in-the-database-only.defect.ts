import { defect, source } from 'etalon'

export default defect('who has signed out is signed in for as long as it is remembered', {
  refutes: ['CHAR-API-01'],
  plant: source('src/routes/auth.ts', {
    find: 'service.accounts.forget(subject)',
    replace: '',
  }),
})
