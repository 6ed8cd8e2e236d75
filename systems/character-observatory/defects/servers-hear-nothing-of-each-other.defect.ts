import { defect, source } from 'etalon'

export default defect('what was published is not heard by the servers', {
  refutes: ['CHAR-WS-13', 'CHAR-T-12'],
  plant: source('src/live/ear.ts', {
    find: 'if (seq !== undefined) feed.hear(',
    replace: 'if (seq === 0) feed.hear(',
  }),
})
