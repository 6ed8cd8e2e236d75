import { defect, source } from 'etalon'

export default defect('the plan of capacity is for a month and says a year', {
  refutes: ['JEEX-T-10'],
  plant: source('src/report/maintenance.ts', {
    find: '...forecast(table, daysToPlan),',
    replace: '...forecast(table, 30),',
  }),
})
