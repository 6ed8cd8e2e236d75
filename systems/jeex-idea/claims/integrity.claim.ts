import { type Actor, claim, eventually, ok, readSchema, unknown } from 'etalon'
import { breaks, impliedKeys } from './constraint-break.ts'
import { idOf, openProject } from './project.ts'
import { randomDeed, type Made } from './random-deed.ts'
import { contradictionsIn, orphansIn } from './reference.ts'
import { answersTo } from './row-attempt.ts'
import { insertOf, plantGround, tables, type Table, type Values } from './table-row.ts'

const forbidden = '42501'

claim('JEEX-DB-06', async ({ system, sql, prove }) => {
  const owner = await system.actor('owner:audited')
  const project = await openProject(owner)
  const entries = () => sql.rows('select * from audit_log where project_id = $1', [project.id])
  const before = await entries()
  prove('entries of a new project', before.length).equals(1)
  const where = `where project_id = '${project.id}'`
  const asOwner = `select set_config('jeex.user_id', '${idOf(owner)}', true)`
  const changes = [
    ...['action', 'actor', 'before', 'after', 'at', 'entity_id', 'owner_id', 'changed_xid'].map(
      (column) => `update audit_log set ${column} = null ${where}`,
    ),
    `delete from audit_log ${where}`,
    'truncate audit_log',
    'drop table audit_log',
  ]
  for (const role of ['app', 'backup']) {
    const answers = await answersTo(
      system.sqlAs(role),
      changes.map((change) => [change, `${asOwner}; ${change}`]),
    )
    prove(
      `what ${role} could do to the log`,
      answers.filter(({ answer }) => answer !== forbidden),
    ).isEmpty()
  }
  prove('the entries after that', await entries()).equals(before)
})

claim(
  'JEEX-DB-07',
  { clock: 'movable', timeoutMs: 180_000 },
  async ({ system, sql, random, prove }) => {
    const owner = await system.actor('owner:keys')
    const key = random.text(16)
    const make = () =>
      owner.post<{ id: string }>(
        '/projects',
        { name: 'Once' },
        { headers: { 'idempotency-key': key } },
      )
    const { body: first } = await make().expect(201)
    const kept = (): Promise<number> =>
      sql.value('select count(*) from idempotency_keys where actor = $1 and key = $2', [
        idOf(owner),
        key,
      ])
    const lifetimeS = await sql.value<number>(
      `select extract(epoch from expires_at - created_at)::float8 from idempotency_keys
     where actor = $1 and key = $2`,
      [idOf(owner), key],
    )
    prove('hours for which it is kept', lifetimeS / 3_600).isBetween(23.99, 24.01)
    const minuteMs = 60_000
    // From here on a clock that is moved moves the job that forgets keys.
    const isPlanned = async (): Promise<boolean> =>
      (await sql.rows(`select from job_schedules where name = 'housekeeping'`)).length > 0
    prove('housekeeping is planned', await eventually(isPlanned, 60_000)).isTrue()
    await system.clock.advance(24 * 60 * minuteMs - 10 * minuteMs)
    const { body: replayed } = await make().expect(201)
    prove('the answer ten minutes before', replayed.id).equals(first.id)
    await system.clock.advance(20 * minuteMs)
    prove(
      'gone when it is over',
      await eventually(async () => (await kept()) === 0, 60_000),
    ).isTrue()
    const { body: second } = await make().expect(201)
    prove('whether the key is free again', second.id !== first.id).isTrue()
  },
)

claim('JEEX-DB-10', async ({ sql, random, prove }) => {
  const ground = await sql.session((tx) => plantGround(tx, random.text(10)))
  const others = ['idempotency_keys', 'job_schedules', 'audit_log', 'exports'] as const
  for (const table of others)
    await sql.run(insertOf(ground, table, { ...fresh(table, random.text(8)) }))
  const { constraints } = await readSchema(sql)
  const named = constraints.filter(({ kind }) => kind !== 'other').map(({ name }) => name)
  const known = new Set([...Object.keys(breaks), ...impliedKeys, 'schema_migrations_pkey'])
  const untried = named.filter((name) => !known.has(name))
  prove('constraints', named.length).isAtLeast(45)
  prove('constraints that nothing is tried on', untried).isEmpty()
  const attempts = Object.entries(breaks).map(
    ([name, [table, values]]) => [name, insertOf(ground, table, values)] as const,
  )
  const answers = await answersTo(sql, attempts)
  prove(
    'constraints that did not refuse what breaks them',
    answers.filter(({ what, constraint }) => constraint !== what),
  ).isEmpty()
  const deletion = `delete from users where id = '${ground.owner}'`
  const [tried] = await answersTo(sql, [['an owner is deleted', deletion]])
  prove('deleting an owner of everything', tried?.answer).equals('accepted')
  if (tried?.answer === 'accepted') await sql.run(deletion)
  const left: string[] = []
  for (const table of tables.filter((name) => belongs.has(name))) {
    const rows = await sql.value<number>(`select count(*) from ${table} where project_id = $1`, [
      ground.project,
    ])
    if (rows > 0) left.push(table)
  }
  prove('tables that keep rows of an owner who is gone', left).isEmpty()
  await sql.run(`delete from idempotency_keys where request_hash = 'hash'`)
  await sql.run('delete from backups where id = $1', [ground.backup])
})

claim('JEEX-T-03', { timeoutMs: 90_000 }, async ({ system, sql, histories, prove }) => {
  const names = ['owner:random-a', 'owner:random-b', 'owner:random-c', 'owner:random-d']
  const owners = await Promise.all(names.map((name) => system.actor(name)))
  const made = owners.map((): Made => ({ projects: [], documents: [], executions: [] }))
  const history = await histories.concurrently(
    { actors: owners.length, operations: 400, input: (index, random) => random.fork(`${index}`) },
    async (random, actor) => {
      const [own, foreign] = [made[actor], made[(actor + 1) % made.length]] as [Made, Made]
      const { status } = await randomDeed(owners[actor] as Actor, random, own, foreign)
      return status < 500 ? ok(`${status}`) : unknown(`${status}`)
    },
  )
  const kinds = new Set(history.ok.map(({ outcome }) => JSON.stringify(outcome)))
  prove('deeds that were answered with an error of the service', history.unknown).isEmpty()
  prove('deeds at once', history.overlapMax).isAtLeast(2)
  prove('kinds of answers, refusals among them', kinds.size).isAtLeast(5)
  const rows = await sql.one<{ executions: number; parents: number }>(
    `select count(*) as executions, count(parent_execution_id) as parents
     from agent_executions where owner_id = any($1)`,
    [owners.map(idOf)],
  )
  prove('executions that were made', rows.executions).isAtLeast(40)
  prove('executions that have a parent', rows.parents).isAtLeast(3)
  prove('rows that point at nothing', await orphansIn(sql)).isEmpty()
  prove('rows that contradict others', await contradictionsIn(sql)).isEmpty()
})

/** Tables of which a deleted owner takes his rows along. */
const belongs: ReadonlySet<Table> = new Set([
  'audit_log',
  'document_versions',
  'agent_executions',
  'execution_days',
  'exports',
])

function fresh(table: Table, mark: string): Values {
  if (table === 'idempotency_keys') return { key: `'${mark}'` }
  // Of the states that the service leaves alone, so that nobody else holds the row.
  if (table === 'exports') return { status: `'expired'` }
  return table === 'job_schedules' ? { name: `'${mark}'` } : {}
}
