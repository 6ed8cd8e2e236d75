import { claim, type ClaimContext, type IsolationRun, signToken, type Things } from 'etalon'
import { fingerprintOf, makeBelongings } from './belongings.ts'
import { addExecution } from './execution.ts'
import { idOf, openProject } from './project.ts'
import { rights, rowOwners } from './right.ts'

claim(['JEEX-REQ-006', 'JEEX-R-01'], { timeoutMs: 120_000 }, async (context) => {
  const { system, prove } = context
  proveClosed(context, await tryEverybody(context, 'over-http'))

  const [owner, stranger] = [await system.actor('owner'), await system.actor('stranger')]
  const key = { headers: { 'idempotency-key': 'the-same-key' } }
  const project = { name: 'Asked for with a key' }
  const first = await owner.post<Things>('/projects', project, key).expect(201)
  const second = await stranger.post<Things>('/projects', project, key).expect(201)
  prove("another's key gives the other's project", second.body['id'] === first.body['id']).equals(
    false,
  )
  const theirs = await addExecution(owner, first.body['id'] ?? '').expect(201)
  const batch = {
    executions: [{ agent_type: 'qa_expert', parent_execution_id: theirs.body.id }],
  }
  const own = `/projects/${second.body['id']}/agents/executions`
  const answered = await stranger.post(`${own}/batch`, batch).expect(207)
  prove('a foreign parent in a batch', answered.body).holds({ created: 0, refused: 1 })
})

claim(['JEEX-SEC-001', 'JEEX-D-12'], { timeoutMs: 120_000 }, async (context) => {
  const { system, sql, isolation, prove } = context
  const [owner, stranger] = [await system.actor('owner'), await system.actor('stranger')]
  await makeBelongings(owner, 'Rows of the owner')
  await owner.post('/projects', { name: 'Once' }, { headers: { 'idempotency-key': 'rows' } })
  const become = (id: string, role: string): string[] => [
    `set local jeex.user_id = '${id}'`,
    `set local jeex.role = '${role}'`,
  ]
  const run = await isolation.overSql('over-sql', {
    role: system.sqlAs('app'),
    inspector: sql,
    rules: rowOwners,
    owner: idOf(owner),
    asOwner: become(idOf(owner), 'user'),
    intruders: { stranger: become(idOf(stranger), 'user'), nobody: [] },
  })
  proveClosed(context, run)
  prove('the role of the service', run.role).equals({
    isSuperuser: false,
    bypassesRowSecurity: false,
    owns: [],
  })
})

claim(['JEEX-SEC-001', 'JEEX-REQ-006'], { name: 'without-row-security' }, async (context) => {
  const { sql, prove } = context
  const tables = await sql.rows<{ name: string }>(
    'select relname as name from pg_class where relrowsecurity order by 1',
  )
  prove('tables with row security', tables.length).isAtLeast(8)
  const switchTo = (state: 'enable' | 'disable'): Promise<number> =>
    sql.run(tables.map(({ name }) => `alter table ${name} ${state} row level security`).join('; '))
  await switchTo('disable')
  try {
    proveClosed(context, await tryEverybody(context, 'without-row-security'))
  } finally {
    await switchTo('enable')
  }
})

claim('JEEX-D-08', async ({ system, prove }) => {
  const [owner, stranger] = [await system.actor('owner'), await system.actor('stranger')]
  const { id } = await openProject(owner, { name: 'Not for everybody' })
  const asOwner = { query: { user_id: idOf(owner) }, headers: { 'x-user-id': idOf(owner) } }
  const doors = [`/projects/${id}`, `/projects/${id}/documents`, '/users/me', '/projects'] as const
  const through: unknown[] = []
  for (const door of doors) {
    for (const named of [{ query: asOwner.query }, { headers: asOwner.headers }, asOwner]) {
      const nobody = await system.anonymous.get(door, named)
      if (nobody.status !== 401) through.push({ door, named, by: 'nobody', got: nobody.status })
      const other = await stranger.get(door, named)
      if (other.text.includes(idOf(owner))) through.push({ door, named, got: other.body })
    }
  }
  prove('doors that a name in the request opens', through).isEmpty()

  const made = await stranger.post('/projects', { name: 'x', created_by: idOf(owner) })
  prove('making a project for somebody else', made.status).equals(422)
  const whole = { sub: idOf(owner), iss: system.name, aud: system.name, epoch: 0 }
  const secret = system.services.secret('jwt')
  const none = signToken(whole, secret).split('.')
  const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
  const tokens = {
    'signed with another key': signToken(whole, `not ${secret}`),
    'that has expired': signToken(whole, secret, -60),
    'of another service': signToken({ ...whole, iss: 'other', aud: 'other' }, secret),
    'of another epoch': signToken({ ...whole, epoch: 1 }, secret),
    'that is not signed': `${header}.${none[1]}.`,
    'with another payload': `${none[0]}.${none[1]}x.${none[2]}`,
  }
  const leaver = await system.actor('leaver')
  await leaver.get('/users/me').expect(200)
  await leaver.delete('/auth/session').expect(204)
  const left = await leaver.get('/users/me')
  prove('the token of who has signed out', left.status).equals(401)
  const taken: string[] = []
  for (const [what, token] of Object.entries(tokens)) {
    const { status } = await system.anonymous.get(`/projects/${id}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    if (status !== 401) taken.push(`a token ${what}: ${status}`)
  }
  prove('tokens that are taken', taken).isEmpty()
})

claim('JEEX-R-01', { name: 'timing', isolation: 'quiet' }, async ({ system, timing, prove }) => {
  const [owner, stranger] = [await system.actor('owner'), await system.actor('stranger')]
  const { id } = await openProject(owner, { name: 'Is it there?' })
  const nowhere = `${id.slice(0, -4)}${id.endsWith('0000') ? '0001' : '0000'}`
  const { ratio } = await timing.compare(
    { rounds: 120, perRound: 6, warmUp: 10 },
    () => stranger.get(`/projects/${id}`).expect(404),
    () => stranger.get(`/projects/${nowhere}`).expect(404),
  )
  prove('a foreign project takes as long as none', ratio).isBetween(0.8, 1.25)
})

/** The whole matrix over HTTP, with the owner's things made anew. */
async function tryEverybody(context: ClaimContext, name: string): Promise<IsolationRun> {
  const { system, sql, isolation, random } = context
  const secret = `only the owner's ${random.text(12)}`
  const actors = {
    owner: await system.actor('owner'),
    stranger: await system.actor('stranger'),
    operator: await system.actor('operator'),
  }
  return isolation.overHttp(name, {
    rules: rights,
    actors: {
      owner: actors.owner.headers,
      stranger: actors.stranger.headers,
      operator: actors.operator.headers,
      nobody: {},
    },
    owner: 'owner',
    nobody: ['nobody'],
    secret,
    make: (actor) =>
      makeBelongings(
        actors[actor as keyof typeof actors],
        actor === 'owner' ? secret : `of the ${actor}`,
      ),
    state: (things) => fingerprintOf(sql, things),
  })
}

function proveClosed({ prove }: ClaimContext, run: IsolationRun): void {
  prove('what was tried', run.cells.length).isAtLeast(60)
  prove('what the matrix does not name', run.untried).isEmpty()
  prove('what it names that does not exist', run.unknown).isEmpty()
  prove('what was not shown, because its owner cannot do it either', run.unproven).isEmpty()
  prove("ways to what is another's", run.leaks).isEmpty()
}
