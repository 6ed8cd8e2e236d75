import { defect, source } from 'etalon'

export default defect('a connection is given back a while after its read is over', {
  refutes: ['JEEX-PERF-021'],
  plant: source('src/database/database.ts', {
    find: `const [, answer] = await result
      client.release()`,
    replace: `const [, answer] = await result
      void delay(300).then(() => client.release())`,
  }),
})
