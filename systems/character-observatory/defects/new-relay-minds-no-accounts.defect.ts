import { defect, source } from 'etalon'

export default defect('a relay that begins does not mind accounts that were closed before', {
  refutes: ['CHAR-CACHE-03/unheard'],
  plant: source('src/event/relay.ts', {
    find: 'let areAccountsTold = false',
    replace: 'let areAccountsTold = true',
  }),
})
