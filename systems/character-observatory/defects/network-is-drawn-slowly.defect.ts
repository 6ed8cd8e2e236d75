import { defect, source } from 'etalon'

export default defect('the characters of a network are found slowly', {
  refutes: ['CHAR-PERF-08'],
  plant: source('src/store/graph.ts', {
    find: 'select id, name from characters where ecosystem_id = $1 and deleted_at is null order by id',
    replace: `select id, name from characters, pg_sleep(0.2)
   where ecosystem_id = $1 and deleted_at is null order by id`,
  }),
})
