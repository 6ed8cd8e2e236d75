import { defect, sources } from 'etalon'

export default defect('a spend past the balance is paid as far as the credits reach', {
  refutes: ['LFA-T-21'],
  plant: sources(
    { file: 'src/store/credit.ts', find: "'l.credit_balance >= $3'", replace: "'true'" },
    {
      file: 'src/store/credit.ts',
      find: 'set credit_balance = l.credit_balance + (${delta})',
      replace: 'set credit_balance = greatest(0, l.credit_balance + (${delta}))',
    },
  ),
})
