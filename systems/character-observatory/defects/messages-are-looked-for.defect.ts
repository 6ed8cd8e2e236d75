import { defect, source } from 'etalon'

export default defect('messages are found slowly', {
  refutes: ['CHAR-PERF-01', 'CHAR-PERF-05', 'CHAR-PERF-07'],
  plant: source('src/store/character.ts', {
    find: 'from messages where sender_id = $1 order by',
    replace: 'from messages, pg_sleep(0.3) where sender_id = $1 order by',
  }),
})
