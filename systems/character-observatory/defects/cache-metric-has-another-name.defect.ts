import { defect, source } from 'etalon'

export default defect('the cache counts its reads under a name that no dashboard asks for', {
  refutes: ['CHAR-OPS-02'],
  plant: source('src/cache/cache.ts', {
    find: "name: 'observatory_cache_reads_total'",
    replace: "name: 'observatory_reads_total'",
  }),
})
