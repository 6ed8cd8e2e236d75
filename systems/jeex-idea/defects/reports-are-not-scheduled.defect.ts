import { defect, source } from 'etalon'

export default defect('the reports of maintenance are made only when somebody asks', {
  refutes: ['JEEX-T-10'],
  plant: source('src/schedule.ts', {
    find: '[...backups, ...reports]',
    replace: 'backups',
  }),
})
