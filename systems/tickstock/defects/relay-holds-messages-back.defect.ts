import { defect, source } from 'etalon'

export default defect('the relay gathers messages for seconds before it sends them', {
  refutes: ['TICK-PERF-05', 'TICK-PERF-08', 'TICK-PERF-15/delivery'],
  plant: source('src/producer/relay/relay.ts', {
    find: 'const messages = await next',
    replace: `const messages = await next
    await new Promise((resolve) => setTimeout(resolve, 11_000))`,
  }),
})
