import { defect, source } from 'etalon'

export default defect('the end of a run is told a while after its changes', {
  refutes: ['TICK-T-33'],
  plant: source('src/producer/sync/execution.ts', {
    find: '    await noteOverrun(execution, run)\n',
    replace: `    await new Promise((done) => setTimeout(done, 1_500))
    await noteOverrun(execution, run)\n`,
  }),
})
