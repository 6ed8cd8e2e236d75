import { claim, constantRate, measureOnce, processProbe, type Estimate, type LoadRun } from 'etalon'
import { kinds, requestsOf, usedPlaceOf } from './place.ts'

const quiet = { isolation: 'quiet', timeoutMs: 120_000 } as const

/** 12,500 interactions an hour. */
const interactionsHz = 12_500 / 3_600
const rateHz = 375
const patienceMs = 1_000

/**
 * Requests of a hundred users that are due at an even pace, whatever becomes of those before them;
 * what was never started counts as failed. Eight seconds have 3,000; 2,995 without a failure are the
 * least that show 99.9 %. Ten times the interactions that an hour needs are among them.
 */
const steady = measureOnce(async ({ system, load }) => {
  const place = await usedPlaceOf(system)
  return load(constantRate(rateHz), {
    durationMs: 8_000,
    warmUpMs: 1_000,
    requests: requestsOf(place, { perInteraction: Math.floor(rateHz / (10 * interactionsHz)) }),
    probes: [processProbe('api', system.process().child.pid)],
  })
})

claim('CHAR-PERF-12', quiet, async (context) => {
  const run = await steady(context)
  const due = Object.values(run.counts).reduce((sum, count) => sum + count, 0)
  context.prove('requests that were due', due).isAtLeast(2_995)
  const inTime = run.latency.within(patienceMs)
  context.prove('share answered well within a second', inTime).isAtLeast(0.999)
})

claim('CHAR-PERF-04', quiet, async (context) => {
  const run = await steady(context)
  context.prove('requests answered without an error', run.success).isAbove(0.999)
})

claim('CHAR-INT-10', quiet, async (context) => {
  const { prove } = context
  const run = await steady(context)
  const interactions = run.named(kinds.interaction)
  prove('interactions a second', interactions.throughput).isAtLeast(interactionsHz, 'Hz')
  prove('interactions that were answered', interactions.success).isAbove(0.98)
  prove('P95 of an interaction', interactions.latency.quantile(0.95)).isBelow(200, 'ms')
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
