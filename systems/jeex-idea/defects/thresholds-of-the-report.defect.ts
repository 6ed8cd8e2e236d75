import { defect, sources } from 'etalon'

const file = 'src/config.ts'

export default defect('the thresholds are those of the published code', {
  refutes: ['JEEX-D-15'],
  plant: sources(
    {
      file,
      find: 'ALERT_P95_MS: integerVariable(100,',
      replace: 'ALERT_P95_MS: integerVariable(500,',
    },
    {
      file,
      find: 'SLOW_QUERY_MS: integerVariable(250,',
      replace: 'SLOW_QUERY_MS: integerVariable(1000,',
    },
  ),
})
