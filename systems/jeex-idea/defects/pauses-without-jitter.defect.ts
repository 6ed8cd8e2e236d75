import { defect, source } from 'etalon'

export default defect('callers who failed together try again together', {
  refutes: ['JEEX-R-09'],
  plant: source('src/database/database.ts', {
    find: 'backoffMs(pause, attempt, Math.random())',
    replace: 'backoffMs(pause, attempt, 1)',
  }),
})
