import {
  claim,
  type CommandResult,
  environment,
  eventually,
  type Sql,
  type SystemHandle,
} from 'etalon'
import { makeCertificate, useCertificate } from './certificate.ts'

const usageExit = 3
const waitMs = 60_000
const secret = 'x'.repeat(32)

claim('JEEX-SEC-003', { durability: 'honest', timeoutMs: 300_000 }, async (context) => {
  const { system, sql, prove } = context
  const { postgres, directory } = system.services
  const plain = { DATABASE_URL: postgres.url('app'), BACKUP_DATABASE_URL: postgres.url('backup') }
  const secured = (certificate: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries({ ...plain, BACKUP_RECOVERY_URL: postgres.url('owner') }).map(
        ([name, url]) => [name, `${url}?sslmode=verify-full&sslrootcert=${certificate}`],
      ),
    )
  const trusted = await makeCertificate(directory, 'trusted')
  const strange = await makeCertificate(directory, 'strange')

  const all = secured(trusted.file)
  const refused: (readonly [what: string, variable: string, env: Record<string, string>])[] = [
    ...['', '?sslmode=disable', '?sslmode=allow', '?sslmode=prefer'].map(
      (mode) =>
        [
          `production${mode}`,
          'DATABASE_URL',
          { ...all, ENVIRONMENT: 'production', DATABASE_URL: plain.DATABASE_URL + mode },
        ] as const,
    ),
    ['test', 'DATABASE_URL', { ...all, ENVIRONMENT: 'test', DATABASE_URL: plain.DATABASE_URL }],
    ['not told', 'DATABASE_URL', { ...all, DATABASE_URL: plain.DATABASE_URL }],
    ['backups', 'BACKUP_DATABASE_URL', { ...all, BACKUP_DATABASE_URL: plain.BACKUP_DATABASE_URL }],
    ['recovery', 'BACKUP_RECOVERY_URL', { ...all, BACKUP_RECOVERY_URL: postgres.url('owner') }],
  ]
  const ends = await Promise.all(refused.map(([, , env]) => start(system, env)))
  for (const [at, { code, stderr }] of ends.entries()) {
    const [what, variable] = refused[at] as (typeof refused)[number]
    prove(`exit code without TLS: ${what}`, code).equals(usageExit)
    prove(`what it complains of: ${what}`, stderr).matches(new RegExp(`^  ${variable}: `, 'm'))
    prove(`whether it tells a password: ${what}`, tellsPassword(stderr, plain)).equals(false)
  }
  // The port is taken: what is not refused for its connections fails there.
  const [encrypted, loose] = await Promise.all([
    start(system, { ...all, ENVIRONMENT: 'production' }),
    start(system, { ...plain, ENVIRONMENT: 'development' }),
  ])
  prove('refused with TLS', encrypted.code === usageExit).equals(false)
  prove('refused in development', loose.code === usageExit).equals(false)

  await system.kill()
  await useCertificate(sql, trusted)
  const service = await system.revision(environment({ ...all, ENVIRONMENT: 'production' }))
  const operator = await service.actor('operator:tls')
  const backup = await operator.post('/database/backup/create', { kind: 'full' })
  prove('a backup over TLS', backup.status).equals(201)
  const open = await connectionsOf(sql)
  prove('connections of the service', open.length).isAtLeast(1)
  prove(
    'connections of the service that are not encrypted',
    open.filter(({ ssl }) => !ssl),
  ).isEmpty()

  const isReady = async (): Promise<boolean> =>
    (await service.anonymous.get('/ready')).status === 200
  for (const [what, certificate] of [
    ['a strange certificate', strange],
    ['no TLS at all', undefined],
  ] as const) {
    await useCertificate(sql, certificate)
    await sql.run(cutConnections)
    prove(`ready with ${what}`, await eventually(async () => !(await isReady()), waitMs)).isTrue()
    const write = await operator.post('/projects', { name: 'In the open' })
    prove(`a write with ${what}`, write.status).equals(503)
    prove(`connections with ${what}`, await connectionsOf(sql)).isEmpty()
  }
  await useCertificate(sql, trusted)
  prove('ready again with its certificate', await eventually(isReady, waitMs)).isTrue()
})

/** Starts the service on a port that is taken, so that it ends in any case. */
function start(
  system: SystemHandle,
  env: Readonly<Record<string, string>>,
): Promise<CommandResult> {
  return system.run(['node', 'src/main.ts'], ({ redis }) => ({
    REDIS_URL: redis.url,
    JWT_SECRET: secret,
    PORT: new URL(system.url).port,
    ...env,
  }))
}

function tellsPassword(text: string, urls: Readonly<Record<string, string>>): boolean {
  return Object.values(urls).some((url) => text.includes(new URL(url).password))
}

const serviceConnections = `datname = current_database() and backend_type = 'client backend'
  and application_name like 'jeex-idea%'`

function connectionsOf(sql: Sql): Promise<{ application: string; ssl: boolean }[]> {
  return sql.rows(
    `select a.application_name as application, s.ssl from pg_stat_activity a
     join pg_stat_ssl s using (pid) where ${serviceConnections}`,
  )
}

const cutConnections = `select pg_terminate_backend(pid, 5000) from pg_stat_activity
  where ${serviceConnections}`
