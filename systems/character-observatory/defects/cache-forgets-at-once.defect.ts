import { defect, source } from 'etalon'

export default defect('every answer that is given from the cache ends its generation', {
  refutes: ['CHAR-CACHE-02'],
  plant: source('src/cache/cache.ts', {
    find: "this.#reads.inc({ kind, from: 'cache' })",
    replace: "this.#reads.inc({ kind, from: 'cache' }); await this.changed(question)",
  }),
})
