import { claim, type Actor, type Sql } from 'etalon'
import { addDocument, documentTypes } from '../document.ts'
import { addExecution, report } from '../execution.ts'
import { idOf, openProject, type Listed, type Project } from '../project.ts'
import { atOnce, wronglyAnswered, type Attempt } from '../refusal.ts'
import { faultsOf, walkByCursor, walkByPage } from '../walk.ts'

/** Whole seconds that many rows share, so that a list has to tell them apart by their ids. */
const moment = `timestamptz '2026-01-01T00:00:00Z' + (n / 6) * interval '1 second'`

claim('JEEX-API-03', async ({ system, sql, random, prove }) => {
  const owner = await system.actor('owner:of-many')
  const path = '/projects'
  const insert = `insert into projects (name, status, created_by, created_at, deleted_at)
    select 'Project ' || n, (array['draft', 'in_progress', 'completed', 'archived'])[1 + n % 4],
      $1, ${moment}, case when n % 9 = 0 then now() end
    from generate_series(1, 63) n`
  for (const name of ['owner:of-many', 'rival:of-many']) {
    await sql.run(insert, [idOf(await system.actor(name))])
  }
  const idsOf = async (status?: string): Promise<string[]> => {
    const rows = await sql.rows<{ id: string }>(
      `select id from projects where created_by = $1 and deleted_at is null
         and ($2::text is null or status = $2) order by created_at desc, id desc`,
      [idOf(owner), status ?? null],
    )
    return rows.map(({ id }) => id)
  }
  const all = await idsOf()
  prove('projects that are not deleted', all.length).equals(56)
  for (const perPage of [1, 7, 100]) {
    const byPage = faultsOf(await walkByPage(owner, { path, perPage }), all)
    prove(`by pages of ${perPage}`, byPage).equals(wholly(all))
  }
  const perPage = random.integer(2, 11)
  const byCursor = faultsOf(await walkByCursor(owner, { path, perPage }), all)
  prove(`by cursors of ${perPage}`, byCursor).equals(wholly(all))
  for (const status of ['draft', 'completed']) {
    const some = await idsOf(status)
    const walk = { path, perPage: 4, query: { status } }
    prove(`those that are ${status}, by page`, await walkByPage(owner, walk)).equals(some)
    prove(`those that are ${status}, by cursor`, await walkByCursor(owner, walk)).equals(some)
  }
  const { body } = await owner.get<Listed<Project>>(path).expect(200)
  const { items: _items, next_cursor: _cursor, ...head } = body
  prove('the head of the list', head).equals({
    page: 1,
    per_page: 20,
    total: 56,
    total_pages: 3,
  })
  const oldestFirst = all.toReversed()
  const change = (id: string) =>
    owner.put(`${path}/${id}`, { status: 'archived' }, anyVersion).expect(200)
  const meanwhile = (): Promise<unknown> =>
    Promise.all([
      atOnce(3, () => openProject(owner)),
      ...oldestFirst.splice(0, 2).map((id) => change(id)),
    ])
  const seen = await walkByCursor(owner, { path, perPage: 5, meanwhile })
  prove('by cursor, with each part 3 more and the 2 oldest changed', faultsOf(seen, all)).equals(
    wholly(all),
  )
  const { total } = (await owner.get<Listed<Project>>(path)).body
  prove('projects after that', total).equals((await idsOf()).length)
})

claim('JEEX-R-13', async ({ system, sql, random, prove }) => {
  const owner = await system.actor('owner:of-lists')
  const { id } = await openProject(owner)
  const project = `/projects/${id}`
  const lists = await seedLists(sql, owner, id)
  for (const { name, path, add, change, order } of lists) {
    const ids = await sql.rows<{ id: string }>(
      `select id from ${name} where project_id = $1 order by ${order}`,
      [id],
    )
    const before = ids.map((row) => row.id)
    const at = { path: project + path, perPage: random.integer(3, 9) }
    prove(`${name} by page`, faultsOf(await walkByPage(owner, at), before)).equals(wholly(before))
    const lastFirst = before.toReversed()
    const meanwhile = (): Promise<unknown> =>
      Promise.all([atOnce(2, add), ...lastFirst.splice(0, 2).map((last) => change(last))])
    const seen = await walkByCursor(owner, { ...at, meanwhile })
    prove(
      `${name} by cursor, with each part 2 more and the last 2 changed`,
      faultsOf(seen, before),
    ).equals(wholly(before))
    const { total } = (await owner.get<Listed<unknown>>(at.path).expect(200)).body
    const kept = await sql.value<number>(`select count(*) from ${name} where project_id = $1`, [id])
    prove(`total of ${name} after that`, total).equals(kept)
  }
  const attempts: Attempt[] = []
  for (const path of ['/projects', ...lists.map((list) => project + list.path)]) {
    const ask = (query: string) => owner.get(`${path}?${query}`)
    for (const fine of ['page=1', 'per_page=1', 'per_page=100', 'page=1000000', '']) {
      attempts.push([`${path}?${fine}`, '200', ask(fine)])
    }
    const otherType = cursorOf(path.endsWith('documents') ? someTime : 1, id)
    const broken = ['', 'x', cursorOf('x', id), cursorOf(1, 'x'), otherType]
    for (const query of [...wrongPages, ...broken.map((cursor) => `cursor=${cursor}`)]) {
      attempts.push([`${path}?${query}`, '422 JEEX_VALIDATION_FAILED', ask(query)])
    }
  }
  const wrong = await wronglyAnswered(attempts)
  prove(`of ${attempts.length} pages and cursors, wrongly answered`, wrong).isEmpty()
  const beyond = await owner.get<Listed<unknown>>('/projects?page=50').expect(200)
  prove('a page beyond the last', beyond.body).equals({
    items: [],
    page: 50,
    per_page: 20,
    total: 1,
    total_pages: 1,
    next_cursor: null,
  })
})

const wrongPages = [
  'page=0',
  'page=-1',
  'page=1.5',
  'page=x',
  'page=',
  'page=1000001',
  'page=1&page=2',
  'per_page=0',
  'per_page=101',
  'per_page=-5',
  'per_page=1e1',
  'limit=10',
]

const anyVersion = { headers: { 'if-match': '*' } }

const someTime = '2026-01-01T00:00:00.000Z'

function cursorOf(value: unknown, id: string): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url')
}

/** A walk that has every row once, in its place. */
function wholly(rows: readonly string[]): object {
  return { rows: rows.length, skipped: 0, repeated: 0, moved: 0 }
}

interface SeededList {
  readonly name: string
  readonly path: string
  /** The order that the list has, in SQL. */
  readonly order: string
  readonly add: () => PromiseLike<unknown>
  /** Changes one of its rows by what sets their times anew. */
  readonly change: (id: string) => PromiseLike<unknown>
}

/** Puts rows into each list of a project; many share the moment that their list is sorted by. */
async function seedLists(sql: Sql, owner: Actor, id: string): Promise<SeededList[]> {
  const place = [id, idOf(owner)]
  await sql.run(
    `insert into document_versions
       (project_id, owner_id, created_by, document_type, version, content)
     select $1, $2, $2, type, n, 'Text' from generate_series(1, 12) n, unnest($3::text[]) type`,
    [...place, documentTypes],
  )
  await sql.run(
    `insert into agent_executions
       (project_id, owner_id, agent_type, correlation_id, started_at, created_at)
     select $1, $2, 'qa_expert', gen_random_uuid(), ${moment}, ${moment}
     from generate_series(1, 40) n`,
    place,
  )
  await sql.run(
    `insert into exports (project_id, owner_id, created_by, status, created_at, expires_at)
     select $1, $2, $2, 'expired', ${moment}, now() from generate_series(1, 30) n`,
    place,
  )
  return [
    {
      name: 'document_versions',
      path: '/documents',
      order: 'version desc, id desc',
      add: () => addDocument(owner, id).expect(201),
      change: (document) =>
        owner
          .put(`/projects/${id}/documents/${document}`, { grammar_score: 50 }, anyVersion)
          .expect(200),
    },
    {
      name: 'agent_executions',
      path: '/agents/executions',
      order: 'created_at desc, id desc',
      add: () => addExecution(owner, id).expect(201),
      change: (execution) =>
        report(owner, { project_id: id, id: execution }, { status: 'running' }).expect(200),
    },
    {
      name: 'exports',
      path: '/exports',
      order: 'created_at desc, id desc',
      add: () => owner.post(`/projects/${id}/exports`).expect(202),
      change: (one) =>
        sql.run('update exports set download_count = download_count + 1 where id = $1', [one]),
    },
  ]
}
