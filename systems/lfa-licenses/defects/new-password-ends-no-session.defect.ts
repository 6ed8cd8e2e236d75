import { defect, source } from 'etalon'

export default defect('a new password ends no session', {
  refutes: ['LFA-T-61/signed-out'],
  plant: source('src/store/user.ts', {
    find: 'set password_hash = $2, session_epoch = session_epoch + 1 where id = $1',
    replace: 'set password_hash = $2 where id = $1',
  }),
})
