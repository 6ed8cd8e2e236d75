import { defect, source } from 'etalon'

export default defect('a synchronization that cannot be begun ends the producer', {
  refutes: ['TICK-RES-05'],
  plant: source('src/producer/sync/synchronizer.ts', {
    find: "options.log.warn({ err: error }, 'synchronizer waits')\n",
    replace:
      "options.log.warn({ err: error }, 'synchronizer waits')\n        if (String(error).includes('sync_runs')) process.exit(1)\n",
  }),
})
