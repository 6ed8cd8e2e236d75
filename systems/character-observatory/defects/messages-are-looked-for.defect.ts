import { defect, sources } from 'etalon'

const file = 'src/store/character.ts'

export default defect('messages and lists are found slowly', {
  refutes: ['CHAR-PERF-01', 'CHAR-PERF-05', 'CHAR-PERF-07'],
  plant: sources(
    {
      file,
      find: 'from messages where sender_id = $1 order by',
      replace: 'from messages, pg_sleep(0.3) where sender_id = $1 order by',
    },
    {
      file,
      find: 'select count(*) as total from characters where',
      replace: 'select count(*) as total from characters, pg_sleep(0.3) where',
    },
  ),
})
