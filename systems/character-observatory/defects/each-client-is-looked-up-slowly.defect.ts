import { defect, source } from 'etalon'

export default defect('whether a client may come in is found out slowly', {
  refutes: ['CHAR-PERF-03'],
  plant: source('src/live/start.ts', {
    find: "ecosystemFor(service, callerOf(request), ecosystem, 'see')\n",
    replace:
      "ecosystemFor(service, callerOf(request), ecosystem, 'see')\n" +
      '      await service.pool.query(`select pg_sleep(0.25)`)\n',
  }),
})
