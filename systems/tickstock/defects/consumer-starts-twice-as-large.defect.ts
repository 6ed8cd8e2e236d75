import { defect, source } from 'etalon'

export default defect('the consumer holds 200 MB from its start, and grows by nothing after it', {
  refutes: ['TICK-PERF-14'],
  plant: source('src/consumer/main.ts', {
    find: 'await runService(loadConfig(consumerEnvironment), createConsumer)\n',
    replace: `Object.assign(globalThis, { kept: Buffer.alloc(200_000_000, 1) })
await runService(loadConfig(consumerEnvironment), createConsumer)
`,
  }),
})
