import { defect, sources } from 'etalon'

export default defect('the dashboard checks everybody whenever somebody looks', {
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
    const { checkAll } = await import('../store/inconsistency.ts')
    await checkAll(service.pool, service.clock.now())`,
    },
  ),
})
