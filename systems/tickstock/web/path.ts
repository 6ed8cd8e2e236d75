/** Where the pages are. Everything else on this origin is the service's API. */
export const paths = {
  universes: '/ui/universes',
  overlap: '/ui/overlap',
  notices: '/ui/notifications',
  runs: '/ui/synchronization',
  scenarios: '/ui/scenarios',
  messages: '/ui/messages',
} as const

export const universePath = (key: string): string => `${paths.universes}/${encodeURIComponent(key)}`

export const runPath = (id: string): string => `${paths.runs}/${encodeURIComponent(id)}`

export const scenarioPath = (symbol: string): string =>
  `${paths.scenarios}/${encodeURIComponent(symbol)}`
