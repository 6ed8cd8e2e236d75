import { defect, source } from 'etalon'

export default defect('a connection is closed after every read', {
  refutes: ['JEEX-PERF-007', 'JEEX-PERF-008'],
  plant: source('src/database/database.ts', {
    find: `client.query('commit').catch(() => undefined)
      client.release()`,
    replace: `await client.query('commit').catch(() => undefined)
      client.release(true)`,
  }),
})
