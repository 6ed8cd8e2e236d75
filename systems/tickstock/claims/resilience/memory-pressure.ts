import { claim, eventually, memoryPressure } from 'etalon'
import { isHeard } from '../boundary/day.ts'
import { toldUnder } from './telling.ts'

const messages = 400

claim('TICK-RES-04', { timeoutMs: 90_000 }, async (context) => {
  const { faults, system, sql, random, prove } = context
  const mark = random.text(8)
  const say = (from: number, to: number): Promise<number> =>
    system.sqlAs('producer').run(
      `insert into outbox (channel, event_type, payload)
       select 'tickstock.cache.ipo_assignment', 'ipo_assignment', jsonb_build_object(
         'symbol', $1 || '-' || n, 'universes', '[]'::jsonb, 'reason', 'listed')
       from generate_series($2::int, $3::int) as n`,
      [mark, from, to],
    )
  await say(1, messages)
  prove('messages before', await isHeard(sql)).isTrue()

  const touch = await faults.during('redis', memoryPressure(0), async (fault) => {
    await say(messages + 1, 2 * messages)
    const isRefused = async (): Promise<boolean> => (await fault.touch()).messages > 0
    prove('Redis has refused messages', await eventually(isRefused, 20_000)).isTrue()
    const viewer = await system.actor('viewer')
    prove('universes meanwhile', (await viewer.get('/universes')).status).equals(200)
    return fault.heal()
  })
  prove('commands refused', touch.messages).isAtLeast(1)
  prove('all is heard when there is memory again', await isHeard(sql)).isTrue()
  const told = await toldUnder(sql, mark)
  const keys = told.map(({ key }) => key)
  prove('messages', told.length).equals(2 * messages)
  prove(
    'messages that were not heard, or twice',
    told.filter(({ heard }) => heard !== 1),
  ).isEmpty()
  prove('their order', keys).equals(keys.map((_key, place) => `${mark}-${place + 1}`))
  const gaps = await sql.value<number>('select count(*) from consumer.gaps')
  prove('gaps that the consumer met', gaps).equals(0)
})
