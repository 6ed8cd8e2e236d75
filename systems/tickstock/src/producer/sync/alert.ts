import type { Log } from '../producer.ts'

/** What a person has to know of. */
export type AlertKind = 'skipped' | 'overrun' | 'tasks'

/** Tells a person: by a line in the log, and where there are figures by a counter to alert on. */
export type Alert = (kind: AlertKind, facts: object, text: string) => void

/** Alerts of a process that only logs. */
export const loggedAlerts =
  (log: Log): Alert =>
  (_kind, facts, text) =>
    log.error(facts, text)
