import { defect, source } from 'etalon'

export default defect('a connection is closed after every read', {
  refutes: ['JEEX-PERF-007', 'JEEX-PERF-008'],
  plant: source('src/database/database.ts', {
    find: `const [, answer] = await result
      client.release()`,
    replace: `const [, answer] = await result
      await ended
      client.release(true)`,
  }),
})
