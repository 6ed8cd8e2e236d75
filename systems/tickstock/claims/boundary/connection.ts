import { claim } from 'etalon'
import { changeAndLook } from './day.ts'

/** Who may talk to whom: the two services meet in Redis and in the database, and nowhere else. */
const connections = {
  producer: ['postgres', 'redis'],
  consumer: ['postgres', 'redis'],
}

claim('TICK-BND-02', async ({ boundaries, system, sql, prove }) => {
  const run = await boundaries.observe({ connections }, () => changeAndLook(system, sql))
  prove('connections that are not to be', run.connections.strange).isEmpty()
  prove('ways that both are to go and did not', run.connections.unseen).isEmpty()
})
