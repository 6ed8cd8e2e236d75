import { defect, source } from 'etalon'

export default defect('the statements of a unit of work are committed one by one', {
  refutes: ['JEEX-R-05'],
  plant: source('src/database/database.ts', {
    find: 'client.query(beginning), ',
    replace: "client.query(beginning.replace('begin ; ', '').replaceAll('set local', 'set')), ",
  }),
})
