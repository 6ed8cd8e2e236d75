import { defect, source } from 'etalon'

export default defect('executions of one run are listed with all others', {
  refutes: ['JEEX-API-14'],
  plant: source('src/store/execution.ts', {
    find: `        'correlation_id = ?': correlation_id,
`,
    replace: '',
  }),
})
