import type { App } from 'service-kit'
import { Gauge } from 'service-kit/serving'
import { alertNames } from './alert.ts'
import type { Monitor } from './monitor.ts'

/** Adds the monitor's figures to what Prometheus is told. */
export function exposeFigures(app: App, monitor: Monitor): void {
  const registers = [app.metrics]
  const figures = {
    jeex_pool_acquisitions: ['Connections handed out', () => monitor.pool.acquisitions],
    jeex_pool_opened: ['Connections opened', () => monitor.pool.opened],
    jeex_pool_efficiency: ['Share of hand-outs without opening', () => monitor.pool.efficiency],
    jeex_pool_reuse: ['1 - connections opened / handed out', () => monitor.pool.reuse],
    jeex_pool_failures: ['Connections that could not be had', () => monitor.pool.failures],
    jeex_overload_refusals: ['Requests refused for overload', () => monitor.pool.refusals],
    jeex_query_p95_seconds: [
      'P95 of statements in the window; NaN without any',
      () => (monitor.queryP95Ms ?? NaN) / 1_000,
    ],
    jeex_concurrent_users: ['Users of the window', () => monitor.concurrentUsers],
    jeex_breaker_open: ['1 while the database is not tried', () => Number(monitor.isBreakerOpen)],
  } as const
  for (const [name, [help, read]] of Object.entries(figures)) {
    const gauge: Gauge = new Gauge({ name, help, registers, collect: () => gauge.set(read()) })
  }
  const firing: Gauge<'alert'> = new Gauge({
    name: 'jeex_alert_firing',
    help: '1 while an alert fires',
    labelNames: ['alert'] as const,
    registers,
    collect() {
      const now = new Set(monitor.alerts.firing.map(({ name }) => name))
      for (const name of alertNames) firing.set({ alert: name }, Number(now.has(name)))
    },
  })
}
