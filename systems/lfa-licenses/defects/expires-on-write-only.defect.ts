import { defect, source } from 'etalon'

export default defect('no job looks for licences that have expired', {
  refutes: ['LFA-EXP-05'],
  plant: source('src/app.ts', {
    find: 'every(env.EXPIRY_INTERVAL_MS, expiryJob(service), (error)',
    replace: 'every(env.EXPIRY_INTERVAL_MS, async () => {}, (error)',
  }),
})
