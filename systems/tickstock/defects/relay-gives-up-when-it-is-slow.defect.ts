import { defect, source } from 'etalon'

export default defect('a producer that is held up again and again tells nothing more', {
  refutes: ['TICK-PERF-13/producer'],
  plant: source('src/producer/app.ts', {
    find: '  relay.start(app)\n',
    replace: `  relay.start(app)
  let lookedAtMs = performance.now()
  let lateLooks = 0
  setInterval(() => {
    const nowMs = performance.now()
    if (nowMs - lookedAtMs > 25) lateLooks += 1
    if (lateLooks === 3) void relay.stop()
    lookedAtMs = nowMs
  }, 5).unref()
`,
  }),
})
