import { defect, source } from 'etalon'

export default defect('a request that failed is in the log only', {
  refutes: ['CHAR-OPS-02/failures'],
  plant: source('src/failure/start.ts', {
    find: 'if (status < 500 ||',
    replace: 'if (status < 600 ||',
  }),
})
