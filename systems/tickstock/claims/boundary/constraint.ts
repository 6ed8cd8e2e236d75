import { claim, cpuLimit, memoryLimit, users } from 'etalon'
import { pageRequests } from './load.ts'

const mebibyte = 1_024 * 1_024

claim('TICK-PERF-13', { isolation: 'quiet' }, async (context) => {
  const { faults, load, system, prove } = context
  const requests = await pageRequests(context)
  const { pid } = system.process('consumer').child
  const run = await faults.during('consumer', memoryLimit(256 * mebibyte), () =>
    faults.during('consumer', cpuLimit(0.33), () =>
      load(users(5), { durationMs: 8_000, name: 'pages of a service held short', requests }),
    ),
  )
  prove('requests that succeed', run.success).isAtLeast(0.7)
  prove('the process that answered', system.process('consumer').child.pid).equals(pid)
})
