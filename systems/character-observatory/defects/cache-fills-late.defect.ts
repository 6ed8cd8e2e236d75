import { defect, sources } from 'etalon'

const file = 'src/cache/cache.ts'

// A change takes the answer out, and one that was read before it is put in afterwards.
export default defect('an answer that was read before a change is kept after it', {
  refutes: ['CHAR-CACHE-03'],
  plant: sources(
    {
      file,
      find: "if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end",
      replace: 'if ARGV[1] == nil then return 0 end',
    },
    { file, find: 'kept?.generation === generation ?', replace: 'kept !== undefined ?' },
    {
      file,
      find: 'this.#redis.del(keys)',
      replace: 'this.#redis.del([...keys, ...things.map(valueKey)])',
    },
    {
      file,
      find: 'const version = question.versionOf?.(value) ?? 0',
      replace: `await new Promise((resolve) => setTimeout(resolve, 5))
    const version = 0`,
    },
  ),
})
