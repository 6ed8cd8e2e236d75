import {
  claim,
  constantRate,
  processProbe,
  users,
  type ClaimContext,
  type Estimate,
  type LoadRun,
} from 'etalon'
import { interactionOf, kinds, placeOf, requestsOf } from './place.ts'

const quiet = { isolation: 'quiet', timeoutMs: 180_000 } as const

/** 12,500 interactions an hour. */
const interactionsHz = 12_500 / 3_600

let driven: ReturnType<typeof drive> | undefined

/** The report's load, driven once for the claims of this process that judge it. */
async function everyday(context: ClaimContext): ReturnType<typeof drive> {
  const isDriven = driven !== undefined
  driven ??= drive(context)
  const found = await driven
  if (isDriven) {
    const { run, sockets } = found
    context.note('judges the load that an earlier claim drove', { ...run.counts, ...sockets })
  }
  return found
}

/**
 * A hundred users who think for half a second on average (exponential) between two requests, each
 * with a socket open, on 1,000 characters. 17 s are more than the 2,995 answers that show fewer
 * than one error in a thousand.
 */
async function drive({ system, load, sockets }: ClaimContext) {
  const place = await placeOf(system)
  const crowd = await sockets.crowd(`/api/v1/interactions/ws/${place.ecosystem}`, {
    clients: place.users.length,
    headers: place.users,
    reading: { sequence: 'event.seq', sentAt: 'event.timestamp', position: 'seq' },
  })
  const before = await crowd.connected()
  const run = await load(users(100, { law: 'exponential', thinkMsMean: 500 }), {
    durationMs: 17_000,
    warmUpMs: 2_000,
    requests: requestsOf(place),
    probes: [processProbe('api', system.process().child.pid)],
    name: '100 users on 1,000 characters',
  })
  const after = await crowd.account()
  crowd.close()
  const lost = after.cuts - before.cuts
  return { run, sockets: { connected: before.connected, lost, heard: after.delivered } }
}

claim('CHAR-PERF-01', quiet, async (context) => {
  const { run } = await everyday(context)
  context.prove('P95 of all requests', run.latency.quantile(0.95)).isBelow(200, 'ms')
  context.prove('average, which was 45 to 120 ms', run.latency.mean()).isBelow(120, 'ms')
})

claim('CHAR-PERF-04', quiet, async (context) => {
  const { run } = await everyday(context)
  context.prove('requests answered without an error', run.success).isAbove(0.999)
})

claim('CHAR-PERF-05', quiet, async (context) => {
  const { prove } = context
  const { run, sockets } = await everyday(context)
  const interactions = run.named(kinds.interaction)
  prove('P95 of all requests', run.latency.quantile(0.95)).isAtMost(180, 'ms')
  prove('interactions a second', interactions.throughput).isAtLeast(interactionsHz, 'Hz')
  prove('sockets that were open', sockets.connected).equals(100)
  prove('sockets that were lost', sockets.lost).equals(0)
  prove('receipts of events', sockets.heard).isAtLeast(100 * 3 * interactions.counts.ok)
})

claim('CHAR-INT-10', quiet, async ({ system, load, prove }) => {
  const { characters, owner } = await placeOf(system)
  const pairs = Array.from({ length: 400 }, (_, pair) =>
    interactionOf(
      characters[2 * pair] as string,
      characters[2 * pair + 1] as string,
      owner.headers,
    ),
  )
  // Ten times what an hour needs, so that a few seconds show it.
  const run = await load(constantRate(Math.ceil(10 * interactionsHz)), {
    durationMs: 10_000,
    warmUpMs: 1_000,
    requests: pairs,
    probes: [processProbe('api', system.process().child.pid)],
  })
  prove('interactions a second', run.throughput).isAtLeast(interactionsHz, 'Hz')
  prove('interactions that were answered', run.success).isAbove(0.98)
  prove('P95 of an interaction', run.latency.quantile(0.95)).isBelow(200, 'ms')
  const held = heldUp(run)
  prove('looks at whether the service was held up', held.samples).isAtLeast(10)
  // Who waits for anything else than an answer holds up all others.
  prove('longest that it did nothing else', held).isBelow(100, 'ms')
})

/** The longest that the service's event loop stood still; it shares the doubts about the load. */
function heldUp(run: LoadRun): Estimate {
  const held = run.resources.flatMap(({ reading }) => reading['loopDelayMsMax'] ?? [])
  const longestMs = Math.max(...held)
  return {
    ...run.latency.mean(),
    value: longestMs,
    low: longestMs,
    high: longestMs,
    samples: held.length,
    method: 'the longest of all looks',
    samplesToDecide: () => undefined,
    heldAgainst: undefined,
  }
}
