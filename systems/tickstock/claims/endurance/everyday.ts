import { claim, constantRate } from 'etalon'
import { expand } from '../expansion.ts'
import { figuresOf, pageRequests, probesOf, services, whileExpanding } from './load.ts'

/** A page a twentieth of a second, while universes are expanded all the time. */
const rateHz = 20
const durationMs = 8_000

claim(['TICK-BND-06', 'TICK-PERF-11'], { isolation: 'quiet' }, async (context) => {
  const { load, system, prove } = context
  await expand(system)
  const requests = await pageRequests(context)
  const { result: run, expansions } = await whileExpanding(context, () =>
    load(constantRate(rateHz), {
      durationMs,
      warmUpMs: 500,
      name: 'pages while universes are expanded',
      requests,
      probes: probesOf(context),
    }),
  )
  prove('expansions meanwhile', expansions).isAtLeast(1)
  prove('mean of a simple read', run.latency.mean()).isBelow(25, 'ms')
  for (const service of services) {
    // The first look has nothing that it could compare with.
    const shares = figuresOf(run, service, 'cpuShare').slice(1)
    const average = shares.reduce((sum, share) => sum + share, 0) / shares.length
    prove(`share of a processor that the ${service} uses`, average).isBelow(0.8, 'share')
  }
})
