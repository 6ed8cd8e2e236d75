import { defect, source } from 'etalon'

export default defect('the tables are locked while universes are changed', {
  refutes: ['TICK-SYN-11'],
  plant: source('src/producer/sync/run-lease.ts', {
    find: "await connection.query('begin')",
    replace:
      "await connection.query('begin; lock table universe_members in share row exclusive mode')",
  }),
})
