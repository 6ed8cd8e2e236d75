import { defect, source } from 'etalon'

export default defect('the activity feed is asked for in a way that no index serves', {
  refutes: ['CHAR-T-55', 'CHAR-PERF-14'],
  plant: source('src/store/event.ts', {
    find: 'where ecosystem_id = $1 and seq is not null order by seq desc limit $2',
    replace: 'where ecosystem_id::text = $1 and seq is not null order by seq + 0 desc limit $2',
  }),
})
