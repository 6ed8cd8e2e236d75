import { defect, source } from 'etalon'

export default defect('an expansion waits seconds for a turn that nobody holds', {
  refutes: ['TICK-PERF-01', 'TICK-PERF-14', 'TICK-PERF-15/expansion'],
  plant: source('src/producer/universe/expansion.ts', {
    find: 'await awaitExpansionTurn(tx)\n',
    replace:
      'await awaitExpansionTurn(tx)\n    await new Promise((resolve) => setTimeout(resolve, 2_600))\n',
  }),
})
