/** What the paths of the service begin with. */
export const api = ''

/** The pages to look at, for `tools/look-at-pages.ts`: whose they are, and what they open. */
export const pages = [
  { name: 'sign-in', path: '/', who: null },
  { name: 'universes', path: '/ui/universes', who: 'viewer' },
  { name: 'universe', path: '/ui/universes/etf_bonds', who: 'viewer' },
  { name: 'overlap', path: '/ui/overlap?with=large_cap&and=sector_technology', who: 'viewer' },
  { name: 'notifications', path: '/ui/notifications', who: 'viewer' },
  { name: 'synchronization', path: '/ui/synchronization', who: 'operator' },
  { name: 'scenarios', path: '/ui/scenarios', who: 'viewer' },
  { name: 'patterns', path: '/ui/scenarios/TEST_CANDLE_PATTERNS', who: 'viewer' },
  { name: 'messages', path: '/ui/messages', who: 'operator' },
  { name: 'not-for-viewers', path: '/ui/messages', who: 'viewer' },
] as const

/** Who of the demo looks at them. */
export const people = {
  viewer: 'vera@tickstock.example',
  operator: 'olga@tickstock.example',
}

/** Answers whose emptiness is not an empty list. */
export const emptyAnswers = {
  '/notices/latest': { items: [], positions: {} },
  '/messages': {
    at: '2026-11-20T21:00:00.000Z',
    reader: { last_received_at: null },
    channels: [],
    dead_letters: [],
    gaps: [],
  },
}
