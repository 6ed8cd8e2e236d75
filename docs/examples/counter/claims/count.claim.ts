import { claim, outcomeOfResponse } from 'etalon'

claim('COUNT-01', async ({ system, histories, prove }) => {
  const history = await histories.concurrently({ actors: 10, operations: 100 }, async () =>
    outcomeOfResponse(await system.anonymous.post('/')),
  )
  const { body } = await system.anonymous.get<{ count: number }>('/').expect(200)
  prove('acknowledged counts', history.ok.length).equals(100)
  prove('the counter', body.count).equals(history.ok.length)
})

claim('COUNT-02', { isolation: 'quiet' }, async ({ system, timing, prove }) => {
  const asked = await timing.repeat({ iterations: 200 }, () =>
    system.anonymous.get('/').expect(200),
  )
  prove('P95 of asking', asked.quantile(0.95)).isBelow(50, 'ms')
})
