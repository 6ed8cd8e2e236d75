import { defect, source } from 'etalon'

export default defect('a closed account may still sign in', {
  refutes: ['CHAR-API-01'],
  plant: source('src/store/user.ts', {
    find: 'from users where email = $1 and is_active',
    replace: 'from users where email = $1',
  }),
})
