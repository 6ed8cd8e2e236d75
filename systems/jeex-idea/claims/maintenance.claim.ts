import { claim, type ClaimContext, eventually } from 'etalon'
import { notOk, reportedItems, runChecklist } from './checklist.ts'
import { addDocument } from './document.ts'
import { loggedReports, readReport } from './maintenance.ts'
import { openProject } from './project.ts'

claim('JEEX-T-09', { isolation: 'exclusive', timeoutMs: 120_000 }, async (context) => {
  const { system, sql, prove } = context
  const good = await runChecklist(system)
  prove('items that are not ok', notOk(good)).equals({})
  prove('items that were checked', [...good.items.keys()]).equals(reportedItems)
  prove('how it ends', good.code).equals(0)
  const left = await sql.one(
    `select count(*) filter (where u.is_active)::int as accounts,
       (select count(*)::int from projects where deleted_at is null) as projects
     from users u where email like 'checklist-%'`,
  )
  prove('accounts and projects that it leaves', left).equals({ accounts: 0, projects: 0 })

  await sql.run('alter table document_versions disable row level security')
  await sql.run(`update backups set status = 'corrupt' where status = 'completed'`)
  await sql.run(`update schema_migrations set name = '0000-x' where name like '0007-%'`)
  const bad = await runChecklist(system)
  prove('items that are not ok with three things broken', Object.keys(notOk(bad))).equals([
    'Project isolation enforced',
    'Data corruption detection',
    'Migration procedures documented',
  ])
  prove('how it ends then', bad.code).equals(1)
})

claim('JEEX-T-10', { clock: 'movable', timeoutMs: 120_000 }, async (context) => {
  const { system, sql, prove } = context
  await system.kill()
  await system.startAgain('api', { LOG_LEVEL: 'info' })
  const owner = await system.actor('owner:reports')
  const operator = await system.actor('operator')
  const { id } = await openProject(owner)
  for (let version = 0; version < 5; version += 1) await addDocument(owner, id).expect(201)
  // A session tells what it did with a later transaction, after ten idle seconds, or when it ends.
  await sql.run(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and usename <> current_user and state = 'idle'`,
  )
  const inserted = `select n_tup_ins from pg_stat_user_tables where relname = 'document_versions'`
  await eventually(async () => (await sql.value<number>(inserted)) === 5, 20_000)
  await eventually(async () => (await owner.get(`/projects/${id}`)).status === 200, 20_000)
  const { body: backup } = await operator
    .post<{ id: string }>('/database/backup/create')
    .expect(201)
  await operator.post(`/database/backup/${backup.id}/test-recovery`).expect(200)
  await sql.run('create index documents_twice on document_versions (created_at)')

  const [health, performance, backups, indexes, capacity] = await Promise.all([
    readReport(system, 'health'),
    readReport(system, 'performance'),
    readReport(system, 'backups'),
    readReport(system, 'indexes'),
    readReport(system, 'capacity'),
  ])
  const server = await sql.one<{ version: string; most: number; size: number }>(
    `select current_setting('server_version') as version,
       current_setting('max_connections')::int as most,
       pg_database_size(current_database()) as size`,
  )
  prove('health: the server', health.figures).holds({
    server_version: server.version,
    connections_max: server.most,
  })
  const size = Number(health.figures['size_bytes']) / server.size
  prove('health: its size, beside what it is', size).isBetween(0.9, 1.1)

  const tables = await sql.rows<{ name: string }>(
    `select relname as name from pg_stat_user_tables where schemaname = 'public' order by 1`,
  )
  prove(
    'performance: the tables',
    performance.lines.map(({ table }) => String(table)).toSorted(byName),
  ).equals(tables.map(({ name }) => name))
  const documents = performance.lines.find(({ table }) => table === 'document_versions')
  prove('performance: the documents', documents).holds({ inserted: 5, deleted: 0 })

  prove('backups', backups.figures).holds({
    completed: 1,
    failed: 0,
    corrupt: 0,
    last_trial_recovered: true,
  })

  const there = await sql.value<number>(
    `select count(*) from pg_indexes where schemaname = 'public'`,
  )
  prove('indexes: how many', indexes.figures['indexes']).equals(there)
  prove('indexes: what to look at', indexes.worries).equals([
    'documents_twice does nothing that document_versions_created_at_idx does not do',
  ])

  const expected = capacity.lines.find(({ table }) => table === 'document_versions')
  prove('capacity: documents of a year like the last 30 days', expected).holds({
    rows: 5,
    rows_of_30_days: 5,
    rows_expected: 5 + Math.round((5 * 365) / 30),
  })
  const unknown = await system.run(['node', 'src/report.ts', 'weather'])
  prove('a report that there is not', unknown.code).equals(3)
  await proveSchedule(context, indexes.worries)
})

/** Each report comes by itself when it is due, and lies in the log. */
async function proveSchedule(
  { system, sql, prove }: Pick<ClaimContext, 'system' | 'sql' | 'prove'>,
  ofIndexes: readonly string[],
): Promise<void> {
  const schedule = (): Promise<{ name: string; due: Date }[]> =>
    sql.rows(
      `select substr(name, 8) as name, due_at as due from job_schedules
       where name like 'report-%' order by due_at`,
    )
  const isPlanned = await eventually(async () => (await schedule()).length === 5, 20_000)
  prove('five reports are planned', isPlanned).isTrue()
  const planned = await schedule()
  const firstMs = planned[0]?.due.getTime() ?? 0
  const days = planned.map(({ name, due }) => [name, daysBetween(firstMs, due) + 1])
  prove('days until each', days).equals([
    ['health', 1],
    ['performance', 7],
    ['backups', 30],
    ['indexes', 91],
    ['capacity', 365],
  ])
  for (const [at, { name, due }] of planned.entries()) {
    await system.clock.moveTo(new Date(due.getTime() + 1))
    const isMade = async (): Promise<boolean> =>
      loggedReports(system).some(({ report }) => report === name)
    prove(`${name} is made when it is due`, await eventually(isMade, 20_000)).isTrue()
    const later = new Set(planned.slice(at + 1).map((each) => each.name))
    const early = loggedReports(system).filter(({ report }) => later.has(report))
    prove(`reports made before they are due, at ${name}`, early).isEmpty()
  }
  const logged = new Map(loggedReports(system).map((each) => [each.report, each]))
  prove('what the one of indexes tells', logged.get('indexes')?.worries).equals(ofIndexes)
  const documents = logged.get('capacity')?.lines.find(({ table }) => table === 'document_versions')
  prove('what the one of capacity tells of documents', documents).holds({ rows: 5 })
}

function daysBetween(fromMs: number, to: Date): number {
  return Math.round((to.getTime() - fromMs) / 86_400_000)
}

function byName(one: string, other: string): number {
  return one < other ? -1 : 1
}
