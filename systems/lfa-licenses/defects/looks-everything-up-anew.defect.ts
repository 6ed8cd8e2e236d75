import { defect, sources } from 'etalon'

export default defect(
  'the dashboard is made anew whenever somebody looks, and that takes its time',
  {
    refutes: ['LFA-PERF-11'],
    plant: sources(
      {
        file: 'src/health-cache.ts',
        find: 'if (known === undefined) return make()',
        replace: 'if (known !== undefined) return make()',
      },
      {
        file: 'src/operation/health-state.ts',
        find: "return cache.read('status', async () => {",
        replace: `return cache.read('status', async () => {
    await service.pool.query('select pg_sleep(0.3)')`,
      },
    ),
  },
)
