import { defect, sql } from 'etalon'

export default defect('nothing keeps two accounts from having one e-mail', {
  refutes: ['LFA-ENT-01'],
  plant: sql('alter table users drop constraint users_email_key'),
})
