import { claim, cpuLimit, memoryLimit, users } from 'etalon'
import { pageRequests } from '../endurance/load.ts'
import { expand } from '../expansion.ts'

const mebibyte = 1_024 * 1_024

// What others do on the machine holds the service shorter still, and makes it refuse nothing.
claim('TICK-PERF-13', async (context) => {
  const { faults, load, system, prove } = context
  await expand(system)
  const requests = await pageRequests(context)
  const { pid } = system.process('consumer').child
  const run = await faults.during('consumer', memoryLimit(256 * mebibyte), () =>
    faults.during('consumer', cpuLimit(0.33), () =>
      load(users(5), {
        durationMs: 8_000,
        warmUpMs: 500,
        name: 'pages of a service held short',
        requests,
      }),
    ),
  )
  prove('requests that succeed', run.success).isAtLeast(0.7)
  prove('the process that answered', system.process('consumer').child.pid).equals(pid)
})
