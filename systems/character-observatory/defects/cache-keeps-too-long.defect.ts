import { defect, source } from 'etalon'

export default defect('relationships are kept as long as characters are', {
  refutes: ['CHAR-CACHE-01'],
  plant: source('src/cache/cache.ts', {
    find: 'relationships: 2 * 60,',
    replace: 'relationships: 5 * 60,',
  }),
})
