import { defect, source } from 'etalon'

export default defect('the statements of a unit of work are committed one by one', {
  refutes: ['JEEX-R-05'],
  plant: source('src/database/database.ts', {
    find: 'Promise.all([client.query(beginning), work(',
    replace:
      "Promise.all([client.query(beginning.replace('begin ; ', '').replaceAll('set local', 'set')), work(",
  }),
})
