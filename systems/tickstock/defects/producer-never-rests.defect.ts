import { defect, source } from 'etalon'

export default defect('the relay looks for messages without a pause', {
  refutes: ['TICK-BND-06'],
  plant: source('src/producer/relay/relay.ts', {
    find: '      await bell.rings(lookAgainAtMs - performance.now())\n',
    replace: `      const until = performance.now() + 50
      while (performance.now() < until) continue
      await bell.rings(0)
`,
  }),
})
