import { randomUUID } from 'node:crypto'
import { claim, type Actor, type Sql } from 'etalon'
import { addDocument, documentTypes } from '../document.ts'
import { addExecution, type Execution } from '../execution.ts'
import { idOf, openProject, type Project } from '../project.ts'
import { atOnce, tally, told, wronglyAnswered } from '../refusal.ts'

claim('JEEX-R-05', async ({ system, sql, prove }) => {
  const owner = await system.actor('owner:fails')
  const { id } = await openProject(owner)
  const path = `/projects/${id}`
  const document = (await addDocument(owner, id).expect(201)).body
  const execution = (await addExecution(owner, id).expect(201)).body
  const before = await stateOf(sql, owner)
  await refuseEntries(sql, owner, 'before insert')
  const key = { headers: { 'idempotency-key': randomUUID() } }
  const match = { headers: { 'if-match': '*' } }
  const changes = (): PromiseLike<{ status: number }>[] => [
    owner.post('/projects', { name: 'Never' }, key),
    owner.put(path, { name: 'Never' }, match),
    owner.delete(path),
    addDocument(owner, id, { content: 'Never' }),
    owner.put(`${path}/documents/${document.id}`, { content: 'Never' }, match),
    owner.put(`${path}/documents/${document.id}`, { grammar_score: 1 }, match),
    owner.delete(`${path}/documents/${document.id}`),
    addExecution(owner, id),
    owner.put(`${path}/agents/executions/${execution.id}`, { status: 'running' }),
    owner.post(`/agents/executions/${execution.id}/cancel`),
    owner.post(`${path}/exports`),
  ]
  const fail = async (): Promise<number> => {
    const answers = await Promise.all(changes())
    return answers.filter(({ status }) => status === 500).length
  }
  prove('changes of 11 that fail at their last statement', await fail()).equals(11)
  prove('what they left behind', await stateOf(sql, owner)).equals(before)
  await sql.run('drop trigger refuse_entries on audit_log')
  await refuseEntries(sql, owner, 'commit')
  prove('changes of 11 that fail while they are committed', await fail()).equals(11)
  prove('what those left behind', await stateOf(sql, owner)).equals(before)
  await sql.run('drop trigger refuse_entries on audit_log')
  await owner.post('/projects', { name: 'Never' }, key).expect(201)
  prove('projects with the key of the failed request', (await stateOf(sql, owner)).projects).equals(
    before.projects + 1,
  )

  const items = Array.from({ length: 30 }, (_none, at) => ({
    agent_type: 'qa_expert',
    input_data: { at },
    ...(at % 3 === 0 ? { parent_execution_id: randomUUID() } : {}),
  }))
  const batch = await owner
    .post<Batch>(`${path}/agents/executions/batch`, { executions: items })
    .expect(207)
  prove('a batch of 30 with 10 that name no parent', batch.body).holds({ created: 20, refused: 10 })
  const wrong = batch.body.results.filter(({ status, execution: made, error }, at) =>
    at % 3 === 0
      ? status !== 404 || error?.code !== 'JEEX_PARENT_UNKNOWN' || made !== null
      : status !== 201 || (made?.input_data as { at?: number } | undefined)?.at !== at,
  )
  prove('items that were wrongly answered', wrong).isEmpty()
  const kept = await sql.value<number[]>(
    `select array_agg((input_data ->> 'at')::integer order by id) from agent_executions
     where project_id = $1 and input_data ? 'at'`,
    [id],
  )
  prove('items that are kept', kept).equals(
    items.flatMap((_item, at) => (at % 3 === 0 ? [] : [at])),
  )
})

interface Batch {
  readonly results: readonly {
    readonly status: number
    readonly execution: Execution | null
    readonly error: { readonly code: string } | null
  }[]
}

claim('JEEX-D-07', async ({ system, sql, prove }) => {
  const owner = await system.actor('owner:commits')
  await delayCommits(sql, owner)
  const match = (etag: string) => ({ headers: { 'if-match': etag } })
  const missing: string[] = []
  const look = async (what: string, text: string, id: string): Promise<void> => {
    if (!(await sql.value<boolean>(`select exists (${text})`, [id]))) missing.push(what)
  }
  await atOnce(20, async (at) => {
    const name = `Project ${at}`
    const { id } = await openProject(owner)
    const path = `/projects/${id}`
    await look('project', 'select from projects where id = $1', id)
    await owner.put(path, { name }, match('"1"')).expect(200)
    await look('name', `select from projects where id = $1 and name = '${name}'`, id)
    const document = (await addDocument(owner, id).expect(201)).body.id
    await look('document', 'select from document_versions where id = $1', document)
    const execution = (await addExecution(owner, id).expect(201)).body.id
    await look('execution', 'select from agent_executions where id = $1', execution)
    const asked = (await owner.post<{ id: string }>(`${path}/exports`).expect(202)).body.id
    await look('export', 'select from exports where id = $1', asked)
    await owner.delete(path).expect(204)
    await look('deletion', 'select from projects where id = $1 and is_deleted', id)
  })
  prove('answers of 120 that a second connection does not see', missing).isEmpty()
  const entries = await sql.value<number>(
    `select count(*) from audit_log where owner_id = $1 and action <> all ($2)`,
    [idOf(owner), ['export.complete', 'export.fail']],
  )
  prove('changes that are kept', entries).equals(120)
})

claim('JEEX-T-02', async ({ system, sql, histories, prove }) => {
  const owner = await system.actor('owner:of-twenty')
  for (let round = 1; round <= 3; round += 1) {
    const { id } = await openProject(owner)
    const history = await histories.concurrently({ actors: 20, operations: 20 }, async () => {
      const answer = await addDocument(owner, id)
      return answer.status === 201
        ? { kind: 'ok', output: answer.body.version }
        : { kind: 'failed', reason: told(answer) }
    })
    const versions = history.ok.flatMap(({ outcome }) =>
      outcome.kind === 'ok' ? [outcome.output] : [],
    )
    prove(`round ${round}: creates under way at once`, history.overlapMax).equals(20)
    prove(
      `round ${round}: versions of 20 creates`,
      versions.toSorted((a, b) => a - b),
    ).equals(Array.from({ length: 20 }, (_none, at) => at + 1))
  }
  const rival = await system.actor('rival:of-twenty')
  const { id } = await openProject(owner)
  const mixed = await atOnce(40, (at) => {
    const document_type = documentTypes[at % 4]
    if (at % 5 === 0) return addDocument(rival, id, { document_type })
    if (at % 5 === 1) return addDocument(owner, id, { document_type, content: '' })
    return addDocument(owner, id, { document_type })
  })
  prove('40 creates, some of them wrong', tally(mixed)).equals(
    '24 × 201, 8 × 404 JEEX_PROJECT_UNKNOWN, 8 × 422 JEEX_VALIDATION_FAILED',
  )
  const gaps = await sql.rows(
    `select document_type, count(*) as kept, max(version) as highest from document_versions
     where project_id = $1 group by 1 having count(*) <> max(version)`,
    [id],
  )
  prove('types with a gap after them', gaps).isEmpty()
  const entries = await sql.value<number>(
    `select count(*) from audit_log where project_id = $1 and action = 'document.create'`,
    [id],
  )
  prove('versions and their entries', entries).equals(24)

  const executions = await Promise.all([
    ...Array.from({ length: 20 }, () => addExecution(owner, id)),
    ...Array.from({ length: 20 }, () =>
      owner.put<Project>(
        `/projects/${id}`,
        {},
        {
          headers: { 'if-match': '*' },
        },
      ),
    ),
  ])
  prove(
    '20 executions and 20 changes at once',
    executions.filter(({ status }) => status < 300).length,
  ).equals(40)
  const wrong = await wronglyAnswered([
    [
      'a parent that is none',
      '404 JEEX_PARENT_UNKNOWN',
      addExecution(owner, id, {
        parent_execution_id: randomUUID(),
      }),
    ],
  ])
  prove('a violated foreign key that was wrongly answered', wrong).isEmpty()
})

interface State {
  readonly projects: number
}

/** How much an owner has, and what it looks like. */
function stateOf(sql: Sql, owner: Actor): Promise<State> {
  const sums = (of: string, table: string, column = 'owner_id'): string =>
    `(select count(*) from ${table} where ${column} = $1) as ${of},
     (select md5(string_agg(t::text, '' order by id)) from ${table} t where ${column} = $1)
       as ${of}_sum`
  return sql.one<State>(
    `select ${sums('projects', 'projects', 'created_by')},
       ${sums('documents', 'document_versions')}, ${sums('executions', 'agent_executions')},
       ${sums('exports', 'exports')}, ${sums('entries', 'audit_log')},
       (select sum(executions) from execution_days where owner_id = $1) as in_days,
       (select count(*) from idempotency_keys where actor = $1::text) as keys`,
    [idOf(owner)],
  )
}

/** Has the database refuse every entry in somebody's log: at once, or when it is committed. */
async function refuseEntries(
  sql: Sql,
  owner: Actor,
  when: 'before insert' | 'commit',
): Promise<void> {
  await sql.run(
    `create or replace function refuse_entry() returns trigger language plpgsql as
     $$ begin raise exception 'no entry, said the claim'; end $$`,
  )
  const trigger = {
    'before insert': 'trigger refuse_entries before insert on audit_log',
    commit: `constraint trigger refuse_entries after insert on audit_log
      deferrable initially deferred`,
  }
  await sql.run(
    `create ${trigger[when]} for each row when (new.owner_id = '${idOf(owner)}')
     execute function refuse_entry()`,
  )
}

/** Has each commit of what somebody changes take a while, as a slow disk would. */
async function delayCommits(sql: Sql, owner: Actor): Promise<void> {
  await sql.run(
    `create function commit_slowly() returns trigger language plpgsql as
     $$ begin perform pg_sleep(0.02); return null; end $$`,
  )
  await sql.run(
    `create constraint trigger commit_slowly after insert on audit_log
     deferrable initially deferred for each row
     when (new.owner_id = '${idOf(owner)}') execute function commit_slowly()`,
  )
}
