import { defect, source } from 'etalon'

export default defect('a service that was held up turns requests away', {
  refutes: ['TICK-PERF-13'],
  plant: source('src/consumer/app.ts', {
    find: '  addRoutes(app, consumer)\n',
    replace: `  let lookedAtMs = performance.now()
  let lateUntilMs = 0
  setInterval(() => {
    const nowMs = performance.now()
    if (nowMs - lookedAtMs > 25) lateUntilMs = nowMs + 1_000
    lookedAtMs = nowMs
  }, 5).unref()
  app.addHook('onRequest', async (_request, reply) => {
    if (performance.now() < lateUntilMs) return reply.code(503).send('')
  })
  addRoutes(app, consumer)
`,
  }),
})
