import { defect, source } from 'etalon'

export default defect('a write is answered without waiting for its commit', {
  refutes: ['JEEX-REL-003'],
  plant: source('src/database/database.ts', {
    find: "await client.query('commit')",
    replace: "client.query('commit').catch(() => undefined)",
  }),
})
