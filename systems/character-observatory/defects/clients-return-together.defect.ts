import { defect, source } from 'etalon'

export default defect('clients are told to come back all at once', {
  refutes: ['CHAR-WS-09'],
  plant: source('src/live/start.ts', {
    find: 'const reconnectionJitter = 0.5',
    replace: 'const reconnectionJitter = 0',
  }),
})
