import { defect, source } from 'etalon'

export default defect(
  'a page of interactions holds one less than it may, and passes for the last',
  {
    refutes: ['CHAR-API-04'],
    plant: source('src/store/interaction.ts', {
      find: 'order by created_at desc, id desc limit $3',
      replace: 'order by created_at desc, id desc limit $3 - 1',
    }),
  },
)
