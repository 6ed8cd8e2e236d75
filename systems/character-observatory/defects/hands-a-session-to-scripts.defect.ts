import { defect, source } from 'etalon'

export default defect('scripts of a page get a token for the session', {
  refutes: ['CHAR-API-01'],
  plant: source('src/routes/auth.ts', {
    find: 'identity === undefined || headers.authorization === undefined',
    replace: 'identity === undefined',
  }),
})
