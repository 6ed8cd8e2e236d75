import { defect, sources } from 'etalon'

const file = 'src/cache/cache.ts'

// As a cache does that holds what it has in the process, when Redis is what tells of changes.
export default defect('without Redis a server answers from what it has kept itself', {
  refutes: ['CHAR-T-61/cache'],
  plant: sources(
    {
      file,
      find: 'if (!this.#isOn || !this.#redis.isReady) return {}',
      replace: `const own = (this.#redis as { own?: Map<string, unknown> }).own
    if (!this.#redis.isReady) return { value: own?.get(valueKey(question)) }`,
    },
    {
      file,
      find: 'if (generation !== undefined && loaded !== undefined) {',
      replace: `const own = ((this.#redis as { own?: Map<string, unknown> }).own ??= new Map())
    own.set(valueKey(question), loaded)
    if (generation !== undefined && loaded !== undefined) {`,
    },
  ),
})
