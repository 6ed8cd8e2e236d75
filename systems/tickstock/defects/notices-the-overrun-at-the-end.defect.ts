import { defect, source } from 'etalon'

export default defect('that a run takes too long is noticed when it is over', {
  refutes: ['TICK-SYN-09'],
  plant: source('src/producer/sync/execution.ts', {
    find: '    () => noteOverrun(execution, run),\n',
    replace: '    async () => {},\n',
  }),
})
