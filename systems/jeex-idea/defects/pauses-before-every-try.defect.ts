import { defect, sources } from 'etalon'

const file = 'src/database/database.ts'

export default defect('the pause between two tries is made before the first one too', {
  refutes: [
    'JEEX-PERF-001',
    'JEEX-PERF-003',
    'JEEX-PERF-004',
    'JEEX-PERF-005',
    'JEEX-PERF-009',
    'JEEX-PERF-010',
  ],
  plant: sources(
    { file, find: 'firstMs: 25, maxMs: 200', replace: 'firstMs: 400, maxMs: 400' },
    {
      file,
      find: '        return await work()\n',
      replace: `        await delay(backoffMs(pause, attempt, Math.random()))
        return await work()\n`,
    },
  ),
})
