/** What the paths of the service begin with. */
export const api = ''

/** The pages to look at, for `tools/look-at-pages.ts`: whose they are, and what they open. */
export const pages = [
  { name: 'sign-in', path: '/', who: null },
  { name: 'ecosystems', path: '/ecosystems', who: 'owner' },
] as const

/** Who of the demo looks at them. */
export const people = {
  owner: 'iris@observatory.example',
  viewer: 'victor@observatory.example',
}

/** Answers whose emptiness is not an empty list. */
export const emptyAnswers = {}
