import { defect, source } from 'etalon'

export default defect('a renewal before the expiry takes its price and does not book it', {
  refutes: ['LFA-T-62'],
  plant: source('src/operation/renewal.ts', {
    find: 'if (cost > 0) await',
    replace: 'if (cost > 0 && license.expires_at < now) await',
  }),
})
