/** What the paths of the service begin with. */
export const api = ''

const ecosystem = '/api/v1/ecosystems/{ecosystem}'
const observatory = { path: '/ecosystems/{ecosystem}', who: 'owner', answered: ecosystem } as const
const two = ['Ada Brandt', 'Bo Larsen'] as const

/** The pages to look at, for `tools/look-at-pages.ts`: whose they are, and what they open. */
export const pages = [
  { name: 'sign-in', path: '/', who: null },
  { name: 'register', path: '/', who: null, press: 'Make an account' },
  { name: 'ecosystems', path: '/ecosystems', who: 'owner' },
  { name: 'new-ecosystem', path: '/ecosystems', who: 'owner', press: 'New ecosystem' },
  { name: 'one-ecosystem', path: '/ecosystems', who: 'viewer', states: ['data'] },
  { name: 'observatory', ...observatory },
  { name: 'disconnected', ...observatory, states: ['offline'] },
  { name: 'not-there', path: '/ecosystems/{ecosystem}', who: 'owner', states: ['failed'] },
  { name: 'one-selected', ...observatory, press: two[0] },
  { name: 'two-selected', ...observatory, press: two },
  { name: 'tired', ...observatory, press: [...two, 'Conflict'] },
  { name: 'table', ...observatory, press: 'As a table' },
  { name: 'relationship', ...observatory, press: ['As a table', '–'] },
  { name: 'new-character', ...observatory, press: 'New character' },
  { name: 'edit-character', ...observatory, press: `Edit ${two[0]}` },
  { name: 'delete-character', ...observatory, press: [`Edit ${two[0]}`, 'Delete'] },
  { name: 'replay', ...observatory, press: 'Replay' },
  { name: 'replay-selected', ...observatory, press: [...two, 'Replay'] },
  { name: 'looking-on', ...observatory, who: 'viewer', press: two },
  { name: 'wrong-page', path: '/nowhere', who: 'owner', states: ['data'] },
] as const

/** Who of the demo looks at them. */
export const people = {
  owner: 'iris@observatory.example',
  viewer: 'victor@observatory.example',
}

/** Lists in which the ids of the paths are found. */
export const found = { ecosystem: '/api/v1/ecosystems' }

/** Answers whose emptiness is not an empty list. */
export const emptyAnswers = {
  [`${ecosystem}/graph`]: { nodes: [], edges: [] },
}
