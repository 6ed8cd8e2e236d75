import { defect, source } from 'etalon'

export default defect('who answers pays as much as who begins', {
  refutes: ['CHAR-ENG-03'],
  plant: source('src/rule/energy.ts', {
    find: 'target: (cost * 4) / 5',
    replace: 'target: cost',
  }),
})
