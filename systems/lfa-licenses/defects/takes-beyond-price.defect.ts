import { defect, source } from 'etalon'

export default defect('credits are taken beyond the price of the semester', {
  refutes: ['LFA-D-09/price'],
  plant: source('src/operation/credit.ts', {
    find: "  if (spend.amount > left) throw fail('LFA_PRICE_EXCEEDED', { left })\n",
    replace: '',
  }),
})
