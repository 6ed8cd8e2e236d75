import { defect, source } from 'etalon'

export default defect('the list of ecosystems holds those of others', {
  refutes: ['CHAR-API-02'],
  plant: source('src/store/ecosystem.ts', {
    find: 'where user_id = $1 order by created_at desc',
    replace: 'where user_id = $1 or true order by created_at desc',
  }),
})
