import { defect, source } from 'etalon'

export default defect('only one filter counts, that of types', {
  refutes: ['CHAR-WS-07'],
  plant: source('src/live/message.ts', {
    find: 'return characters === undefined || charactersNamedIn(data)',
    replace: 'return characters !== undefined || charactersNamedIn(data)',
  }),
})
