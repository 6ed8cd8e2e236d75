import { readDashboard } from './figure.ts'
import { area } from './item.ts'
import { must, walk } from './step.ts'

const questions = 5

export const monitoringItems = area('Performance monitoring', {
  'Query performance tracking active': async ({ operator, owner }) => {
    await walk(owner, [[200, 'GET', '/projects']])
    const { queries, window_ms: windowMs } = await readDashboard(operator)
    must(queries.count > 0 && queries.p95_ms !== null, 'no query is tracked')
    const p95 = (queries.p95_ms ?? 0).toFixed(1)
    return `${queries.count} queries in ${windowMs / 1_000} s, P95 ${p95} ms`
  },
  'Health monitoring endpoints functional': async ({ anyone, operator }) => {
    await walk(anyone, [
      [200, 'GET', '/health'],
      [200, 'GET', '/ready'],
    ])
    const [database] = await walk(operator, [[200, 'GET', '/database/health']])
    const { up, latency_ms: latencyMs } = database.body as { up: boolean; latency_ms: number }
    must(up, 'the database is not up')
    return `healthy, ready, the database answers in ${latencyMs.toFixed(1)} ms`
  },
  'Performance metrics collection': async ({ anyone, owner }) => {
    const count = async (): Promise<number> => {
      const [answer] = await walk(anyone, [[200, 'GET', '/metrics']])
      return answer.text
        .split('\n')
        .filter((line) => /^http_\w+_count\{.*route="\/users\/me"/.test(line))
        .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
    }
    const before = await count()
    for (let asked = 0; asked < questions; asked += 1) {
      await walk(owner, [[200, 'GET', '/users/me']])
    }
    const grown = (await count()) - before
    must(grown >= questions, `${grown} of ${questions} requests were counted`)
    return `${questions} requests were counted`
  },
  'Alerting system configured': async ({ operator }) => {
    const { alerts, limits, history, at } = await readDashboard(operator)
    const lookedAt = history.at(-1)?.at ?? ''
    const ageMs = Date.parse(at) - Date.parse(lookedAt)
    must(ageMs < 60_000, `the monitor last looked at ${lookedAt || 'no time'}`)
    const firing = alerts.firing.map(({ name }) => name)
    const { query_p95_ms: p95, error_percent: errors, pool_use_percent: use } = limits
    return `P95 > ${p95} ms, errors > ${errors} %, pool use > ${use} %; firing: ${firing.join(', ') || 'none'}`
  },
})
