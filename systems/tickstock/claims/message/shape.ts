/** What is said on each channel. */
export const eventsOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['tickstock.universe.updated', ['universe_updated', 'expansion_complete']],
  ['tickstock.cache.sync_complete', ['sync_complete']],
  ['tickstock.etf.correlation_update', ['correlation_update']],
  ['tickstock.cache.ipo_assignment', ['ipo_assignment']],
  ['tickstock.cache.delisting_cleanup', ['delisting_cleanup']],
  ['tickstock.eod.complete', ['eod_complete']],
  ['tickstock.scenario.loaded', ['scenario_loaded']],
  ['tickstock.universe.validation_complete', ['validation_complete']],
])

const envelopeFields = {
  id: 'string',
  seq: 'number',
  timestamp: 'string',
  service: 'string',
  event_type: 'string',
  version: 'number',
  payload: 'object',
}

const payloadFields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sync_complete: {
    total_changes: 'number',
    task_summary: 'object',
    changes_by_type: 'object',
    window_ms: 'number',
  },
  universe_updated: {
    universe: 'string',
    change_count: 'number',
    added_count: 'number',
    removed_count: 'number',
    actions: 'object',
  },
  expansion_complete: { change_count: 'number', actions: 'object', summary: 'object' },
}

/** How a message departs from what the requirement says every message has. */
export function departureOf(body: unknown): string | undefined {
  const lacking = lackingOf(body, envelopeFields)
  if (lacking !== undefined) return `the envelope has no ${lacking}`
  const { event_type: event, timestamp, payload } = body as Record<string, unknown>
  if (Number.isNaN(Date.parse(String(timestamp)))) return `${String(timestamp)} is no moment`
  const inPayload = lackingOf(payload, payloadFields[String(event)] ?? {})
  return inPayload === undefined ? undefined : `the payload of ${String(event)} has no ${inPayload}`
}

function lackingOf(value: unknown, fields: Readonly<Record<string, string>>): string | undefined {
  const found = (value ?? {}) as Record<string, unknown>
  return Object.keys(fields).find(
    (name) => typeof found[name] !== fields[name] || found[name] === null,
  )
}
