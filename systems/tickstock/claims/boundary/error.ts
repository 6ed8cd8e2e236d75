import { claim, eventually, kill } from 'etalon'
import { command } from '../command.ts'
import { expandAnew, isHeard } from './day.ts'

claim('TICK-BND-05', { timeoutMs: 90_000 }, async (context) => {
  const { faults, system, sql, prove } = context
  await expandAnew(system, sql)
  const viewer = await system.actor('viewer')
  const { pid } = system.process('consumer').child
  await faults.during('producer', kill(), async () => {
    prove('universes without a producer', (await viewer.get('/universes')).status).equals(200)
    prove('readiness without a producer', (await viewer.get('/ready')).status).equals(200)
  })
  // Something that the producer should never have said.
  await sql.run(
    `insert into outbox (channel, event_type, payload)
     values ('tickstock.eod.complete', 'eod_complete', '{"x": 1}')`,
  )
  const isGivenUp = async (): Promise<boolean> =>
    (await sql.value<number>('select count(*) from consumer.dead_letters')) > 0
  prove('a message of nonsense is given up', await eventually(isGivenUp, 20_000)).isTrue()
  prove('universes after it', (await viewer.get('/universes')).status).equals(200)
  prove('the consumer that answered all of it', system.process('consumer').child.pid).equals(pid)

  await sql.run(`delete from outbox where payload = '{"x": 1}'`)
  await faults.during('consumer', kill(), async () => {
    await sql.run(`select update_etf_universe('bonds', '["AGG"]', '{}')`)
    const { code } = await command(system, 'etf-universe', 'expand', '--theme', 'bonds')
    prove('an expansion without a consumer', code).equals(0)
    const isTold = async (): Promise<boolean> =>
      (await sql.value<number>('select count(*) from outbox where published_at is null')) === 0
    prove('what it says is told', await eventually(isTold, 20_000)).isTrue()
  })
  prove('a consumer that is back hears all of it', await isHeard(sql)).isTrue()
})
