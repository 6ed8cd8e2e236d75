import { defect, source } from 'etalon'

export default defect('the graph keeps who is deleted', {
  refutes: ['CHAR-DB-11'],
  plant: source('src/store/graph.ts', {
    find: 'select id, name from characters where ecosystem_id = $1 and deleted_at is null order by id',
    replace: 'select id, name from characters where ecosystem_id = $1 order by id',
  }),
})
