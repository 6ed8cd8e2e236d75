import { claim, measureOnce, processProbe, users, type ClaimContext, type Sql } from 'etalon'
import { isHeard } from '../boundary/day.ts'
import { expand } from '../expansion.ts'
import {
  figuresOf,
  pageRequests,
  probesOf,
  services,
  universePath,
  whileExpanding,
} from './load.ts'

const people = 20
const operations = 20
const messages = 10_000
const growthBytesMax = 100_000_000

const options = { isolation: 'quiet' } as const

/** Twenty people who ask as fast as they are answered; whichever claim comes first measures. */
const measurePeople = measureOnce(async (context) => {
  await expand(context.system)
  return context.load(users(people), {
    durationMs: 8_000,
    warmUpMs: 500,
    name: 'twenty people at once',
    requests: await pageRequests(context),
  })
})

claim('TICK-PERF-12', options, async (context) => {
  const { prove } = context
  const run = await measurePeople(context)
  const answered = [...run.statuses.values()].reduce((sum, count) => sum + count, 0)
  const errors = [...run.statuses].filter(([status]) => status !== 200)
  prove('operations', answered).isAtLeast(people * operations)
  prove('errors, by status', errors).isEmpty()
  const { timeout, connection, malformed, notStarted } = run.counts
  prove('operations without an answer', timeout + connection + malformed + notStarted).equals(0)
  prove('mean of an operation', run.latency.mean()).isBelow(100, 'ms')
  prove('999 of 1,000 operations', run.latency.quantile(0.999)).isBelow(500, 'ms')
})

claim('TICK-CHK-29', options, async (context) => {
  const { prove } = context
  const { latency, success } = (await measurePeople(context)).named(universePath)
  prove('P95 of a universe with 20 people asking', latency.quantile(0.95)).isBelow(2_000, 'ms')
  prove('answered', success).isAtLeast(0.99)
})

claim('TICK-PERF-10', options, async (context) => {
  const { load, system, sql, prove } = context
  // What has worked for a while is larger: what it grows by from then on is asked.
  await measurePeople(context)
  const before = await residentBytes(context)
  const requests = await pageRequests(context)
  const { result: run } = await whileExpanding(context, async () => {
    await tellMany(system.sqlAs('producer'))
    return load(users(people), {
      durationMs: 6_000,
      warmUpMs: 500,
      name: 'pages under stress',
      requests,
      probes: probesOf(context),
    })
  })
  prove('messages are heard', await isHeard(sql, 60_000)).isTrue()
  for (const service of services) {
    const most = Math.max(...figuresOf(run, service, 'residentBytes'))
    const growth = most - (before.get(service) ?? 0)
    prove(`bytes that the ${service} grows by`, growth).isBelow(growthBytesMax, 'bytes')
  }
})

/** What each service holds of the memory. */
async function residentBytes({ system }: ClaimContext): Promise<Map<string, number>> {
  const entries = services.map(async (name): Promise<[string, number]> => {
    const { residentBytes: bytes } = await processProbe(name, system.process(name).child.pid).read()
    return [name, bytes ?? 0]
  })
  return new Map(await Promise.all(entries))
}

/** Messages of which nobody makes anything but a notice, all at once. */
async function tellMany(producer: Sql): Promise<void> {
  await producer.run(
    `insert into outbox (channel, event_type, payload)
     select 'tickstock.cache.ipo_assignment', 'ipo_assignment', jsonb_build_object(
       'symbol', 'STRESS-' || n, 'universes', '[]'::jsonb, 'reason', 'listed')
     from generate_series(1, $1::int) as n`,
    [messages],
  )
}
