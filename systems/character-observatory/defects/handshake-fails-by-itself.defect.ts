import { defect, source } from 'etalon'

export default defect('a handshake that is not as it has to be is an error of the service', {
  refutes: ['CHAR-API-08/handshake'],
  plant: source('src/live/start.ts', {
    find: "throw requestError('VALIDATION_FAILED', problems)",
    replace: 'throw new Error(JSON.stringify(problems))',
  }),
})
