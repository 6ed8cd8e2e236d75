import { defect, rebuilt } from 'etalon'

export default defect('energy just above 0.7 is shown as amber already', {
  refutes: ['CHAR-T-32'],
  plant: rebuilt('web/character/energy-bar.tsx', {
    find: 'energy > 0.7',
    replace: 'energy > 0.705',
  }),
})
