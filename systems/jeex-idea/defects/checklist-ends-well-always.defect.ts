import { defect, source } from 'etalon'

export default defect('the checklist ends well whatever it found', {
  refutes: ['JEEX-T-09'],
  plant: source('src/checklist.ts', {
    find: 'process.exitCode = results.every(({ ok }) => ok) ? 0 : 1',
    replace: 'process.exitCode = 0',
  }),
})
