import { claim, processProbe, users } from 'etalon'
import { isHeard } from '../boundary/day.ts'
import { figuresOf, pageRequests, probesOf, services, whileExpanding } from './load.ts'

const workers = 10
const operations = 20
const messages = 10_000
const growthBytesMax = 100_000_000

claim('TICK-PERF-12', { isolation: 'quiet' }, async (context) => {
  const { load, prove } = context
  const run = await load(users(workers), {
    durationMs: 8_000,
    warmUpMs: 500,
    name: 'ten users at once',
    requests: await pageRequests(context),
  })
  const answered = [...run.statuses.values()].reduce((sum, count) => sum + count, 0)
  const errors = [...run.statuses].filter(([status]) => status !== 200)
  prove('operations', answered).isAtLeast(workers * operations)
  prove('errors, by status', errors).isEmpty()
  const { timeout, connection, malformed, notStarted } = run.counts
  prove('operations without an answer', timeout + connection + malformed + notStarted).equals(0)
  prove('mean of an operation', run.latency.mean()).isBelow(100, 'ms')
  prove('999 of 1,000 operations', run.latency.quantile(0.999)).isBelow(500, 'ms')
})

claim('TICK-PERF-10', { isolation: 'quiet' }, async (context) => {
  const { load, system, sql, prove } = context
  const before = new Map(
    await Promise.all(
      services.map(async (name): Promise<[string, number]> => {
        const { residentBytes } = await processProbe(name, system.process(name).child.pid).read()
        return [name, residentBytes ?? 0]
      }),
    ),
  )
  const requests = await pageRequests(context)
  const { result: run } = await whileExpanding(context, async () => {
    await system.sqlAs('producer').run(
      `insert into outbox (channel, event_type, payload)
       select 'tickstock.cache.ipo_assignment', 'ipo_assignment', jsonb_build_object(
         'symbol', 'STRESS-' || n, 'universes', '[]'::jsonb, 'reason', 'listed')
       from generate_series(1, $1::int) as n`,
      [messages],
    )
    return load(users(workers), {
      durationMs: 6_000,
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
