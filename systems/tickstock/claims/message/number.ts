import { claim, eventually } from 'etalon'
import { publish } from './flow.ts'

const channel = 'tickstock.cache.ipo_assignment'

claim('TICK-RED-06', { name: 'restored' }, async ({ system, sql, prove }) => {
  const producer = system.sqlAs('producer')
  const noted = (): Promise<number> =>
    sql.value('select count(*) from consumer.notices where channel = $1', [channel])
  const last = (): Promise<number> =>
    sql.value('select coalesce(max(last_seq), 0) from consumer.cursors where channel = $1', [
      channel,
    ])
  const before = await noted()
  await publish(producer, channel, 5)
  const isNoted = async (count: number): Promise<boolean> => (await noted()) === before + count
  prove('the first are taken in', await eventually(() => isNoted(5), 10_000)).isTrue()
  const reached = await last()

  await system.kill('producer')
  await sql.run('delete from outbox where channel = $1', [channel])
  await sql.run('delete from channels where channel = $1', [channel])
  await system.startAgain('producer')
  await publish(producer, channel, 5)
  const isAllNoted = await eventually(() => isNoted(10), 10_000)
  prove('so are those of a database that has forgotten the numbers', isAllNoted).isTrue()
  prove('numbers go on', await last()).equals(reached + 5)
})
