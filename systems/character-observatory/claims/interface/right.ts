import {
  claim,
  only,
  type Actor,
  type ClaimContext,
  type IsolationRun,
  type Rule,
  type SystemHandle,
} from 'etalon'
import { makeCharacter, meeting, plain, setScene, type Character, type Scene } from '../scene.ts'

const all = ['viewer', 'editor', 'owner']
const editors = ['editor', 'owner']
const owners = ['owner']

/** Who may do what to an ecosystem. */
const ofEcosystems = {
  'DELETE /api/v1/ecosystems/{id}': only(owners),
  'DELETE /api/v1/ecosystems/{id}/members/{user}': only(owners),
  'GET /api/v1/ecosystems/{id}': only(all),
  'GET /api/v1/ecosystems/{id}/autonomy': only(all),
  'GET /api/v1/ecosystems/{id}/characters': only(all),
  'GET /api/v1/ecosystems/{id}/events': only(all),
  'GET /api/v1/ecosystems/{id}/graph': only(all),
  'GET /api/v1/ecosystems/{id}/graph/analysis': only(all),
  'GET /api/v1/ecosystems/{id}/relationships': only(all),
  'GET /api/v1/ecosystems/{id}/summary': only(all),
  'PATCH /api/v1/ecosystems/{id}': only(owners, { body: { name: 'Renamed' } }),
  'POST /api/v1/ecosystems/{id}/autonomy/step': only(editors, { body: {} }),
  'PUT /api/v1/ecosystems/{id}/autonomy': only(editors, { body: { is_paused: true } }),
  'PUT /api/v1/ecosystems/{id}/members/{user}': only(owners, { body: { role: 'viewer' } }),
}

/** Who may do what to a character. */
const ofCharacters = (other: string): Readonly<Record<string, Rule>> => ({
  'DELETE /api/v1/characters/{id}': only(editors),
  'GET /api/v1/characters/{id}': only(all),
  'GET /api/v1/characters/{id}/compatibility': only(all, { query: { with: other } }),
  'GET /api/v1/characters/{id}/memories': only(all),
  'GET /api/v1/characters/{id}/messages': only(all),
  'GET /api/v1/characters/{id}/neighbours': only(all),
  'GET /api/v1/characters/{id}/relationships': only(all),
  'PATCH /api/v1/characters/{id}': only(editors, { body: { name: 'Renamed' } }),
  'POST /api/v1/characters/{id}/rest': only(editors),
})

/** What every account may do, with what is sent. */
const ofAccounts: Readonly<Record<string, object | undefined>> = {
  'GET /api/v1/auth/me': undefined,
  'POST /api/v1/auth/refresh': undefined,
  'GET /api/v1/ecosystems': undefined,
  'POST /api/v1/ecosystems': { name: 'A place' },
  'GET /api/v1/interactions/types': undefined,
}

/** What needs no account. */
const ofNobody = [
  'DELETE /auth/session',
  'GET /auth/session',
  'GET /health',
  'GET /metrics',
  'GET /ready',
  'POST /api/v1/auth/login',
  'POST /api/v1/auth/register',
  'POST /auth/session',
  'POST /auth/sign-in',
]

claim('CHAR-T-05', { timeoutMs: 120_000 }, async (context) => {
  const { system, prove } = context
  const actors = {
    // Before those who may: a thing that was deleted is unknown to everybody.
    stranger: await system.actor('stranger'),
    operator: await system.actor('operator'),
    viewer: await system.actor('viewer'),
    editor: await system.actor('editor'),
    owner: await system.actor('owner'),
    guest: await system.actor('guest'),
  }
  const ecosystems = await Promise.all(
    Object.keys(ofEcosystems).map(async () => (await shared(system, actors)).ecosystem),
  )
  const scene = await shared(system, actors)
  const characterRules = ofCharacters(scene.characters[0]?.id ?? '')
  const characters = await Promise.all(
    Object.keys(characterRules).map(() => makeCharacter(actors.owner, scene.ecosystem, 'Somebody')),
  )
  const guest = String(actors.guest.facts['id'])
  const runs = [
    await tried(context, actors, ofEcosystems, (kind) =>
      kind === 'user' ? guest : (ecosystems.pop() ?? ''),
    ),
    await tried(context, actors, characterRules, () => characters.pop()?.id ?? ''),
    await tried(context, actors, ofNamed(scene), () => ''),
  ]
  prove('cells tried', runs.flatMap(({ cells }) => cells).length).isAtLeast(130)
  prove(
    'ways past the membership',
    runs.flatMap(({ leaks }) => leaks),
  ).isEmpty()
  prove(
    'what is refused to who may',
    runs.flatMap(({ unproven }) => unproven),
  ).isEmpty()
  const [first = [], ...rest] = runs.map(({ untried }) => untried)
  const untried = first.filter((name) => rest.every((others) => others.includes(name)))
  prove('operations that no matrix names', untried.toSorted()).equals(ofNobody)
})

type Actors = Readonly<
  Record<'stranger' | 'operator' | 'viewer' | 'editor' | 'owner' | 'guest', Actor>
>

/** What names its ecosystem otherwise than in its path, and what names none. */
function ofNamed({ ecosystem, characters }: Scene): Readonly<Record<string, Rule>> {
  const [one, other] = characters as [Character, Character]
  const newCharacter = {
    ecosystem_id: ecosystem,
    name: 'New',
    description: 'New here.',
    personality_traits: plain,
  }
  return {
    'POST /api/v1/characters': only(editors, { body: newCharacter }),
    'POST /api/v1/interactions': only(editors, { body: { ...meeting(one, other) } }),
    'GET /api/v1/graph/state': only(['operator']),
    'GET /api/v1/interactions': only(all, { query: { ecosystem } }),
    'GET /api/v1/graph/path': only(all, { query: { from: one.id, to: other.id } }),
    ...Object.fromEntries(
      Object.entries(ofAccounts).map(([name, body]) => [
        name,
        only([...all, 'stranger', 'operator'], body === undefined ? {} : { body: { ...body } }),
      ]),
    ),
  }
}

/** An ecosystem of the owner's with two characters, an editor, a viewer and a guest. */
async function shared(
  system: SystemHandle,
  { owner, editor, viewer, guest }: Actors,
): Promise<Scene> {
  const scene = await setScene(system)
  for (const [role, member] of Object.entries({ editor, viewer, guest })) {
    const path = `/api/v1/ecosystems/${scene.ecosystem}/members/${String(member.facts['id'])}`
    await owner.put(path, { role: role === 'guest' ? 'viewer' : role }).expect(204)
  }
  return scene
}

function tried(
  { isolation }: ClaimContext,
  actors: Actors,
  rules: Readonly<Record<string, Rule>>,
  thing: (kind: string) => string,
): Promise<IsolationRun> {
  const { stranger, operator, viewer, editor, owner } = actors
  return isolation.overHttp(`membership-${Object.keys(rules).length}`, {
    rules,
    actors: {
      nobody: {},
      stranger: stranger.headers,
      operator: operator.headers,
      viewer: viewer.headers,
      editor: editor.headers,
      owner: owner.headers,
    },
    owner: 'owner',
    nobody: ['nobody'],
    secret: 'nothing is made by the matrix',
    make: () => Promise.resolve({}),
    state: () => Promise.resolve(null),
    missing: thing,
  })
}
