import { claim, measureOnce, processProbe, users } from 'etalon'
import { following, lastSeq } from '../socket/telling.ts'
import { kinds, requestsOf, usedPlaceOf } from './place.ts'

const quiet = { isolation: 'quiet', timeoutMs: 180_000 } as const

/** 12,500 interactions an hour. */
const interactionsHz = 12_500 / 3_600

/**
 * A hundred users who think for half a second on average (exponential) between two requests, each
 * with a socket open, on 1,000 characters. Of fewer than eight whole seconds no interval has an end.
 */
const everyday = measureOnce(async ({ system, load, sockets }) => {
  const place = await usedPlaceOf(system)
  const shape = users(100, { law: 'exponential', thinkMsMean: 500 })
  const asked = {
    // A second has 28 changes besides, so that eight seconds tell how fast events come.
    requests: requestsOf(place, { perInteraction: 20, perChange: 7 }),
    probes: [processProbe('api', system.process().child.pid)],
  }
  // Each event counts that a socket hears: a service that has just begun must not be among them.
  await load(shape, { ...asked, durationMs: 3_000, warmUpMs: 0, name: 'warming up' })
  const earlier = await lastSeq(system, place.ecosystem)
  const crowd = await sockets.crowd(`/api/v1/interactions/ws/${place.ecosystem}`, {
    clients: place.users.length,
    arrivalHz: 500,
    headers: place.users,
    reading: { sequence: 'event.seq', sentAt: 'event.timestamp', position: 'seq' },
  })
  const before = await crowd.connected()
  const run = await load(shape, {
    ...asked,
    durationMs: 8_000,
    warmUpMs: 1_000,
    name: '100 users on 1,000 characters',
  })
  const told = (await lastSeq(system, place.ecosystem)) - earlier
  await crowd.published(following(earlier, told))
  const account = await crowd.until(told)
  crowd.close()
  return {
    run,
    connected: before.connected,
    lost: account.cuts - before.cuts,
    heard: account.delivered,
    delivery: account.latency,
  }
})

claim('CHAR-PERF-01', quiet, async (context) => {
  const { run } = await everyday(context)
  context.prove('P95 of all requests', run.latency.quantile(0.95)).isBelow(200, 'ms')
  context.prove('average, which was 45 to 120 ms', run.latency.mean()).isBelow(120, 'ms')
})

claim('CHAR-PERF-02', quiet, async (context) => {
  const { prove } = context
  const { run, delivery } = await everyday(context)
  prove('changes that succeeded', run.named(kinds.change).success).isAtLeast(0.98)
  prove('P95 from the change to its receipt', delivery.quantile(0.95)).isBelow(50, 'ms')
})

claim('CHAR-PERF-05', quiet, async (context) => {
  const { prove } = context
  const { run, connected, lost, heard } = await everyday(context)
  const interactions = run.named(kinds.interaction)
  prove('P95 of all requests', run.latency.quantile(0.95)).isAtMost(180, 'ms')
  prove('interactions a second', interactions.throughput).isAtLeast(interactionsHz, 'Hz')
  prove('sockets that were open', connected).equals(100)
  prove('sockets that were lost', lost).equals(0)
  prove('receipts of events', heard).isAtLeast(100 * 3 * interactions.counts.ok)
})
