import { defect, source } from 'etalon'

export default defect('the service listens on port 5211 unless told otherwise', {
  refutes: ['JEEX-API-26'],
  plant: source('src/config.ts', {
    find: 'integerVariable(5210,',
    replace: 'integerVariable(5211,',
  }),
})
