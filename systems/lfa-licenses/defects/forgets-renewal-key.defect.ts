import { defect, source } from 'etalon'

export default defect('the renewal of an internship does not look at the idempotency key', {
  refutes: ['LFA-EXP-08'],
  plant: source('src/routes/internship.ts', {
    find: 'doOnce(service, request, reply, async (tx, key) => {',
    replace: `inTransaction(service.pool, async (tx) => {
        const key = null`,
  }),
})
