import { defect, rebuilt } from 'etalon'

export default defect('the filter takes every cold link for a weak one', {
  refutes: ['CHAR-T-38'],
  plant: rebuilt('web/network/network-view.ts', {
    find: 'hidden: Math.abs(strength) < strengthMin',
    replace: 'hidden: strength < strengthMin',
  }),
})
