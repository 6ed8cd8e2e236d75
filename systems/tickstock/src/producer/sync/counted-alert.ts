import type { App } from 'service-kit'
import { Counter } from 'service-kit/serving'
import type { Alert } from './alert.ts'

/** Alerts of a process that has figures to show. */
export function countedAlerts(app: App): Alert {
  const alerts = new Counter({
    name: 'tickstock_sync_alerts_total',
    help: 'Synchronizations that were skipped, ran over their window or did not do all',
    labelNames: ['kind'] as const,
    registers: [app.metrics],
  })
  return (kind, facts, text) => {
    alerts.inc({ kind })
    app.log.error(facts, text)
  }
}
