/** What the paths of the service begin with. */
export const api = ''

/** The pages to look at, for `tools/look-at-pages.ts`: whose they are, and what they open. */
export const pages = [
  { name: 'sign-in', path: '/', who: null },
  { name: 'monitoring', path: '/', who: 'operator' },
  { name: 'monitoring-backup', path: '/', who: 'operator', press: 'Back up now' },
  { name: 'user', path: '/', who: 'owner' },
] as const

/** Who of the demo looks at them. */
export const people = {
  operator: 'olga@jeex.example',
  owner: 'ines@jeex.example',
}

/** Answers whose emptiness is not an empty list. */
export const emptyAnswers = {}
