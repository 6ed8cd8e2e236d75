import { defect, rebuilt } from 'etalon'

export default defect('a layout that has ended keeps its worker', {
  refutes: ['CHAR-T-51'],
  plant: rebuilt('web/network/layout.ts', { find: '    worker?.terminate()\n', replace: '' }),
})
