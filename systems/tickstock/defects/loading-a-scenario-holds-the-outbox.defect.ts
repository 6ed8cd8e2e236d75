import { defect, source } from 'etalon'

export default defect('loading a scenario locks the outbox until all of it is loaded', {
  refutes: ['TICK-CHK-30'],
  plant: source('src/producer/scenario/load.ts', {
    find: 'await inTransaction(pool, async (tx) => {',
    replace: `await inTransaction(pool, async (tx) => {
    await tx.query('lock table outbox in access exclusive mode')
    await tx.query('select pg_sleep(1.5)')`,
  }),
})
