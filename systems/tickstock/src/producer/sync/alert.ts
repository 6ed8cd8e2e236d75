import type { App } from 'service-kit'
import { Counter } from 'service-kit/serving'
import type { Log } from '../producer.ts'

/** What a person has to know of. */
export type AlertKind = 'skipped' | 'overrun' | 'tasks'

/** Tells a person: by a line in the log, and where there are figures by a counter to alert on. */
export type Alert = (kind: AlertKind, facts: object, text: string) => void

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

/** Alerts of a process that only logs. */
export const loggedAlerts =
  (log: Log): Alert =>
  (_kind, facts, text) =>
    log.error(facts, text)
