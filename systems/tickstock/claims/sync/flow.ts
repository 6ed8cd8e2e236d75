import { claim, eventually, type Sql } from 'etalon'
import { listStocks } from './market.ts'
import { eventfulRun, settledMarket } from './scene.ts'
import { synchronize, tasks, type Run } from './synchronization.ts'

interface Listed {
  readonly items: readonly { readonly id: string; readonly tasks: readonly { task: string }[] }[]
}

claim('TICK-T-03', async ({ system, sql, prove }) => {
  const run = await eventfulRun(sql)
  prove('the synchronization of a day that was told', run).holds({
    trigger: 'eod',
    status: 'completed',
    within_window: true,
  })
  const viewer = await system.actor('viewer')
  const { body } = await viewer.get<Listed>('/sync/runs?status=completed').expect(200)
  const shown = body.items.find(({ id }) => id === run.id)
  prove(
    'the tasks that the consumer shows',
    shown?.tasks.map(({ task }) => task),
  ).equals([...tasks])
  const { body: universe } = await viewer
    .get<{ members: readonly { symbol: string }[] }>('/universes/etf_growth')
    .expect(200)
  prove(
    'the universe that it shows',
    universe.members.map(({ symbol }) => symbol),
  ).equals(['GROWA'])
  await untilHeard(sql, run)
  prove('channels on which the consumer heard of it', [
    ...new Set((await notices(sql, run)).map(({ channel }) => channel)),
  ]).equals([
    'tickstock.cache.delisting_cleanup',
    'tickstock.cache.ipo_assignment',
    'tickstock.cache.sync_complete',
    'tickstock.universe.updated',
  ])
})

const rounds = ['02', '06', '07', '08', '09', '10', '13', '14'].map((day) => `2026-04-${day}`)

claim('TICK-T-33', { isolation: 'quiet', timeoutMs: 90_000 }, async ({ sql, prove, note }) => {
  await settledMarket(sql)
  const spreads: number[] = []
  const delays: number[] = []
  for (const [at, day] of rounds.entries()) {
    await changeOneOfEach(sql, at)
    const run = await synchronize(sql, day)
    await untilHeard(sql, run)
    const heard = await notices(sql, run)
    prove(`messages on ${day}`, heard.length).isAtLeast(5)
    const times = heard.map(({ received_at }) => received_at.getTime())
    spreads.push(Math.max(...times) - Math.min(...times))
    delays.push(...heard.map(({ delay_ms }) => delay_ms))
  }
  note('spread of the messages of each run, in ms', { spreads })
  prove('the longest from change to notice', Math.max(...delays)).isBelow(5_000, 'ms')
  prove('the widest spread of the messages of a run', Math.max(...spreads)).isBelow(1_000, 'ms')
})

/** A listing, a delisting and a stock that grows. */
async function changeOneOfEach(sql: Sql, at: number): Promise<void> {
  const letter = String.fromCharCode(65 + at)
  await listStocks(sql, [{ symbol: `NEW${letter}`, cap: 3e9, sector: 'Energy', listedDaysAgo: 5 }])
  await sql.run(`update symbols set active = false, delisted_at = now() where symbol = $1`, [
    `SAA${letter}`,
  ])
  await sql.run(`update symbols set market_cap = $1 where symbol = 'SAAZ'`, [
    at % 2 === 0 ? 500e9 : 20e9,
  ])
}

interface Notice {
  readonly channel: string
  readonly received_at: Date
  readonly delay_ms: number
}

/** What the consumer took in of what a run said. */
function notices(sql: Sql, run: Run): Promise<Notice[]> {
  return sql.rows<Notice>(
    `select notice.channel, notice.received_at,
       (extract(epoch from notice.received_at - said.created_at) * 1000)::float8 as delay_ms
     from outbox as said join consumer.notices as notice on notice.message_id = said.id
     where said.channel <> 'tickstock.eod.complete'
       and said.created_at between $1::timestamptz - interval '1 ms' and (
         select created_at from outbox where channel = 'tickstock.cache.sync_complete'
           and payload ->> 'run_id' = $2
       )
     order by notice.channel, notice.seq`,
    [run.started_at, run.id],
  )
}

/** Waits until the consumer has heard that a run is complete, and all that was said before. */
async function untilHeard(sql: Sql, run: Run): Promise<void> {
  const isHeard = async (): Promise<boolean> =>
    sql.value<boolean>(
      `select not exists (
         select from outbox as said
         where said.created_at >= $1::timestamptz - interval '1 ms'
           and not exists (select from consumer.notices where message_id = said.id)
       )`,
      [run.started_at],
    )
  if (!(await eventually(isHeard, 10_000))) throw new Error('the consumer did not hear of the run')
}
