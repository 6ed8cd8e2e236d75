import { defect, source } from 'etalon'

export default defect('the list of universes waits until no expansion is under way', {
  refutes: ['TICK-BND-06'],
  plant: source('src/consumer/routes/universe.ts', {
    find: '      const category = query.category ?? null\n',
    replace: `      const category = query.category ?? null
      await pool.query('select pg_sleep(0.2)')
`,
  }),
})
