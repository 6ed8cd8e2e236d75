import { createServer } from 'node:net'
import { claim, type ClaimContext, eventually } from 'etalon'
import { openProject } from '../project.ts'
import { atOnce, wronglyAnswered, type Attempt } from '../refusal.ts'

type Figures = Readonly<Record<string, unknown>>

/** What stands in the line that counts created projects. */
const creates = ['http_request_duration_seconds_count', '"POST"', '"/projects"']

claim('JEEX-API-22', async ({ system, sql, prove }) => {
  const operator = await system.actor('operator')
  const owner = await system.actor('owner')
  const ask = async (path: string): Promise<Figures> =>
    (await operator.get<Figures>(`/database${path}`).expect(200)).body
  const health = await ask('/health')
  const server = await sql.one<Figures>(
    `select current_setting('server_version') as version, pg_database_size(current_database()) as size`,
  )
  prove('the health of the database', health).holds({
    up: true,
    version: server['version'],
    breaker: 'closed',
  })
  prove(
    'its size, beside what it is now',
    Number(health['size_bytes']) / Number(server['size']),
  ).isBetween(0.9, 1.1)

  const startedMs = performance.now()
  const before = await ask('/connections/metrics')
  await atOnce(40, () => owner.get('/projects').expect(200))
  const after = await ask('/connections/metrics')
  const grown = Number(after['acquisitions']) - Number(before['acquisitions'])
  // A request may ask who the caller is as well, and the service looks at its database by itself.
  const itsOwnMax = 10 * Math.ceil((performance.now() - startedMs) / 1_000)
  prove('connections handed out for 40 requests', grown).isBetween(40, 80 + itsOwnMax)
  const counts = `select count(*) from pg_stat_activity
    where datname = current_database() and application_name = 'jeex-idea'`
  const isTold = async (): Promise<boolean> =>
    (await ask('/connections/metrics'))['connections'] === (await sql.value<number>(counts))
  prove('connections are those that the database counts', await eventually(isTold, 5_000)).isTrue()
  prove('the bounds of the pool', after).holds({ size: 20, overflow_max: 30, failures: 0 })
  const efficiency = 1 - Number(after['opened']) / Number(after['acquisitions'])
  prove('reuse, from the figures beside it', Number(after['reuse'])).isBetween(
    efficiency - 1e-9,
    efficiency + 1e-9,
  )

  await proveCounted({ system, prove })
  const made = await operator.post<{ id: string }>('/database/backup/create').expect(201)
  prove('a backup', made.body).holds({ kind: 'full', status: 'completed' })
  const status = await ask('/backup/status')
  prove('the newest backup that is told', (status['backups'] as Figures[])[0]?.['id']).equals(
    made.body.id,
  )
  const trial = await operator
    .post<{ tables: { table: string; rows_expected: number; rows_restored: number }[] }>(
      `/database/backup/${made.body.id}/test-recovery`,
    )
    .expect(200)
  prove('its trial', trial.body).holds({ recovered: true, problem: null })
  const projects = trial.body.tables.find(({ table }) => table === 'projects')
  const kept = await sql.value<number>('select count(*) from projects')
  prove('projects that were restored', projects).holds({ rows_expected: kept, rows_restored: kept })
  const paths = ['/health', '/connections/metrics', '/backup/status', '/monitoring/dashboard']
  const doors = [
    ...paths.map((path) => ['GET', path] as const),
    ['POST', '/backup/create'] as const,
    ['POST', `/backup/${made.body.id}/test-recovery`] as const,
  ]
  const attempts = doors.flatMap(([method, path]): Attempt[] => [
    [`a user: ${path}`, '403 JEEX_FORBIDDEN', owner.send(method, `/database${path}`)],
    [
      `nobody: ${path}`,
      '401 JEEX_UNAUTHENTICATED',
      system.anonymous.send(method, `/database${path}`),
    ],
  ])
  prove('doors of 12 that are open to others', await wronglyAnswered(attempts)).isEmpty()
  const backups = await sql.value<number>('select count(*) from backups')
  prove('backups after that', backups).equals(1)
})

/** Proves that Prometheus is told of as many requests as were made. */
async function proveCounted({
  system,
  prove,
}: Pick<ClaimContext, 'system' | 'prove'>): Promise<void> {
  const owner = await system.actor('owner')
  const counted = async (): Promise<number> => {
    const { text } = await system.anonymous.get('/database/metrics/prometheus').expect(200)
    const lines = text.split('\n').filter((line) => creates.every((part) => line.includes(part)))
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
  }
  const earlier = await counted()
  await atOnce(23, () => openProject(owner))
  // A request is counted when its answer is gone.
  await eventually(async () => (await counted()) - earlier >= 23, 5_000)
  prove('23 projects as Prometheus counts them', (await counted()) - earlier).equals(23)
  const plain = await system.anonymous.get('/database/metrics/prometheus').expect(200)
  prove('how they are written', String(plain.headers['content-type'])).matches(/^text\/plain/)
}

claim('JEEX-API-26', async ({ system, prove }) => {
  // Whoever has the port, the service says which one it wants.
  const holder = createServer()
  await new Promise<void>((resolve) => {
    holder.once('error', () => resolve())
    holder.listen(5210, '127.0.0.1', () => resolve())
  })
  const start = "import('./src/main.ts').then(() => process.kill(process.pid, 'SIGTERM'))"
  const { stdout, stderr } = await system.run(['node', '--eval', start], (services) => ({
    ENVIRONMENT: 'development',
    DATABASE_URL: services.postgres.url('app'),
    REDIS_URL: services.redis.url,
    JWT_SECRET: services.secret('jwt'),
  }))
  holder.close()
  const wanted = /127\.0\.0\.1:\d+/.exec(stdout + stderr)?.[0]
  prove('where it listens when it is told nothing', wanted).equals('127.0.0.1:5210')
  const told = new URL(system.url).port
  prove('where it listens when it is told', told).satisfies(
    'another port',
    (port) => port !== '5210',
  )
  const health = await system.anonymous.get('/health')
  prove('whether it answers there', health.status).equals(200)
})
