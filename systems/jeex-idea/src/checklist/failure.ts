import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { createService } from '../app.ts'
import { actionsUnder, cutIdleConnections } from '../store/checklist.ts'
import { statusOfLargeBody } from './caller.ts'
import { formOf } from './api.ts'
import { readDashboard } from './figure.ts'
import { area } from './item.ts'
import { must, walk } from './step.ts'

const recoveryMsMax = 10_000

export const failureItems = area('Error handling', {
  'Comprehensive error handling': async ({ owner, operator, env }) => {
    const { requests: before } = await readDashboard(operator)
    const refused = await walk(owner, [
      [400, 'POST', '/projects', { raw: '{"name": ' }],
      [404, 'GET', '/no-such-door'],
      [405, 'PATCH', '/projects'],
      [415, 'POST', '/projects', { raw: 'name=A', headers: { 'content-type': 'text/plain' } }],
    ])
    const tooLarge = await statusOfLargeBody(env.SERVICE_URL, env.BODY_LIMIT_BYTES + 1)
    must(tooLarge === 413, `a body that is too large is answered ${tooLarge}`)
    const { requests: after } = await readDashboard(operator)
    must(after.failed <= before.failed, `${after.failed - before.failed} requests have failed`)
    return `${formOf(refused)}; 413`
  },
  'Graceful degradation': async ({ env }) => {
    // The same program with nothing to stand on; nobody is disturbed by it.
    const nowhere = 'postgres://nobody@127.0.0.1:1/nothing?sslmode=disable'
    const service = await createService({
      ...env,
      DATABASE_URL: nowhere,
      BACKUP_DATABASE_URL: undefined,
      BACKUP_RECOVERY_URL: undefined,
      REDIS_URL: 'redis://127.0.0.1:1',
      LOG_LEVEL: 'silent',
    })
    try {
      const payload = { email: env.OPERATOR_EMAIL, password: env.OPERATOR_PASSWORD }
      const told = await Promise.all([
        service.app.inject('/health'),
        service.app.inject('/ready'),
        service.app.inject({ method: 'POST', url: '/auth/sign-in', payload }),
      ])
      const statuses = told.map(({ statusCode }) => statusCode).join(', ')
      must(statuses === '200, 503, 503', `health, readiness and a request answer ${statuses}`)
      return 'without database and Redis it is healthy, not ready, and says 503'
    } finally {
      await service.close()
    }
  },
  'Proper logging and monitoring': async ({ owner, database }) => {
    const wanted = randomUUID()
    const headers = { 'x-correlation-id': wanted }
    const [made] = await walk(owner, [
      [201, 'POST', '/projects', { headers, body: { name: 'Checklist' } }],
    ])
    must(made.headers.get('x-correlation-id') === wanted, 'a correlation id does not come back')
    const { id } = made.body as { id: string }
    await walk(owner, [[204, 'DELETE', `/projects/${id}`, { headers: { 'if-match': '*' } }]])
    const actions = await actionsUnder(database, id, wanted)
    must(actions[0]?.action === 'project.create', 'a change is not in the audit log')
    return 'a change stands in the audit log under the correlation id of its request'
  },
  'Recovery mechanisms tested': async ({ asService, owner }) => {
    const [{ cut } = { cut: 0 }] = await cutIdleConnections(asService)
    must(cut > 0, 'no idle connection could be cut')
    const startedMs = performance.now()
    let isAnswered = false
    while (!isAnswered && performance.now() - startedMs < recoveryMsMax) {
      isAnswered = (await owner('GET', '/projects')).status === 200
      if (!isAnswered) await delay(50)
    }
    must(isAnswered, `no request was answered for ${recoveryMsMax / 1_000} s`)
    const tookMs = Math.round(performance.now() - startedMs)
    for (let asked = 0; asked < 20; asked += 1) await walk(owner, [[200, 'GET', '/projects']])
    return `${cut} idle connections were cut; answered after ${tookMs} ms, as were 20 more`
  },
})
