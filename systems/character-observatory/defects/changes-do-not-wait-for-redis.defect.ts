import { defect, source } from 'etalon'

export default defect('a change is answered before a server that comes back to Redis is there', {
  refutes: ['CHAR-CACHE-03/cut-off'],
  plant: source('src/cache/cache.ts', {
    find: '      if (!this.#redis.isReady) await this.#connection()\n',
    replace: '',
  }),
})
