import { defect, source } from 'etalon'

export default defect('a change is answered while it is still being committed', {
  refutes: ['JEEX-D-07'],
  plant: source('src/database/database.ts', {
    find: `      await client.query('commit')
`,
    replace: `      client.query('commit').catch(() => undefined)
`,
  }),
})
