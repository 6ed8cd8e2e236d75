import { defect, source } from 'etalon'

export default defect('work whose connection was lost is not done again', {
  refutes: ['JEEX-T-05'],
  plant: source('src/database/database.ts', {
    find: 'const attemptsMax = 3',
    replace: 'const attemptsMax = 1',
  }),
})
