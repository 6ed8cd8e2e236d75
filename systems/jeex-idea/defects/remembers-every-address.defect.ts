import { defect, source } from 'etalon'

export default defect('every page that a user turns is remembered', {
  refutes: ['JEEX-R-08/memory'],
  plant: source('src/written-address.ts', {
    find: 'addressesMax = 100',
    replace: 'addressesMax = Number.POSITIVE_INFINITY',
  }),
})
