import { defect, source } from 'etalon'

export default defect('the list of relationships goes on naming who was deleted', {
  refutes: ['CHAR-API-03'],
  plant: source('src/store/character.ts', {
    find: 'where ecosystem_id = $1 and ${isBetweenLiving}',
    replace: 'where ecosystem_id = $1',
  }),
})
