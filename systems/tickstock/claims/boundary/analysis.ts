import { claim } from 'etalon'
import { expandAnew } from './day.ts'

/** All that hearing of a change is: a message is noted, and the lease that one reader holds is kept. */
const noting = [
  /^with noted as \(\s*insert into consumer\.notices/,
  /^select channel, last_seq from consumer\.cursors/,
  /pg_try_advisory_lock/,
  'listen',
  'begin',
  'commit',
]

claim('TICK-BND-03', async ({ boundaries, system, sql, prove }) => {
  const run = await boundaries.observe({ statements: { consumer: noting, producer: [/^/] } }, () =>
    expandAnew(system, sql),
  )
  const noted = run.statements.all.filter(
    ({ role, verb }) => role === 'consumer' && verb === 'insert',
  )
  prove('the consumer heard of it', noted.length).isAtLeast(1)
  prove('what it did then beyond noting it', run.statements.strange).isEmpty()
})
