import { defect, source } from 'etalon'

export default defect('the circuit breaker takes no answer but a success for one', {
  refutes: ['JEEX-R-08'],
  plant: source('src/database/database.ts', {
    find: 'if (!isConnectionLost(error)) this.#options.breaker.succeeded()',
    replace: 'void error',
  }),
})
