import { defect, source } from 'etalon'

export default defect('cleaning takes an underscore for any letter', {
  refutes: ['TICK-SCN-13'],
  plant: source('src/producer/store/scenario.ts', {
    find: "delete from symbols where type = 'TEST' returning 1",
    replace: "delete from symbols where symbol like 'TEST_%' returning 1",
  }),
})
