import { defect, source } from 'etalon'

export default defect('a connection is given back a while after its read is over', {
  refutes: ['JEEX-PERF-021'],
  plant: source('src/database/database.ts', {
    find: `client.query('commit').catch(() => undefined)
      client.release()`,
    replace: `client.query('commit').catch(() => undefined)
      void delay(300).then(() => client.release())`,
  }),
})
