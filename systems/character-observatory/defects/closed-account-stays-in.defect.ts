import { defect, sql } from 'etalon'

export default defect('nobody is told that an account was closed', {
  refutes: ['CHAR-CACHE-03/account'],
  plant: sql('drop trigger users_tell_account on users'),
})
