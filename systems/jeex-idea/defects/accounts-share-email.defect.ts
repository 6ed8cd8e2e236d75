import { defect, sql } from 'etalon'

export default defect('two accounts may have one e-mail', {
  refutes: ['JEEX-DB-01'],
  plant: sql('alter table users drop constraint users_email_key'),
})
