import {
  claim,
  type CommandResult,
  environment,
  eventually,
  type Prove,
  type Sql,
  type SystemHandle,
} from 'etalon'
import { makeCertificate, useCertificate, useRedisCertificate } from './certificate.ts'
import { freePort } from './deployment.ts'
import { askRedis } from './redis-line.ts'

const usageExit = 3
const waitMs = 60_000
const secret = 'x'.repeat(32)

claim('JEEX-SEC-003', { durability: 'honest', timeoutMs: 300_000 }, async (context) => {
  const { system, sql, prove } = context
  const { postgres, redis, directory } = system.services
  const plain: Env = {
    DATABASE_URL: postgres.url('app'),
    BACKUP_DATABASE_URL: postgres.url('backup'),
    BACKUP_RECOVERY_URL: postgres.url('owner'),
    MIGRATE_DATABASE_URL: postgres.url('owner'),
    REDIS_URL: redis.url,
  }
  const trusted = await makeCertificate(directory, 'trusted')
  const strange = await makeCertificate(directory, 'strange')
  const tlsPort = await freePort()
  const secured = ([name, url]: [string, string]): [string, string] =>
    name === 'REDIS_URL'
      ? [name, Object.assign(new URL(url.replace('redis:', 'rediss:')), { port: tlsPort }).href]
      : [name, `${url}?sslmode=verify-full&sslrootcert=${trusted.file}`]
  const all = {
    ...Object.fromEntries(Object.entries(plain).map(secured)),
    NODE_EXTRA_CA_CERTS: trusted.file,
  }
  await proveRefusals(system, { plain, all }, prove)
  // The port is taken: what is not refused for its connections fails there.
  const [encrypted, loose] = await Promise.all([
    run(system, 'main', { ...all, ENVIRONMENT: 'production' }),
    run(system, 'main', { ...plain, ENVIRONMENT: 'development' }),
  ])
  prove('refused with TLS', encrypted.code === usageExit).equals(false)
  prove('refused in development', loose.code === usageExit).equals(false)

  await system.kill()
  await useCertificate(sql, trusted)
  await useRedisCertificate(redis.url, trusted, tlsPort)
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
  const ports = await redisPorts(redis.url)
  prove('ports of Redis that it is connected to', [...new Set(ports)]).equals([tlsPort])

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

  await useRedisCertificate(redis.url, strange, tlsPort)
  await askRedis(redis.url, 'CLIENT KILL TYPE normal SKIPME yes')
  const isAway = await eventually(async () => !(await isReady()), waitMs)
  prove('ready with a strange certificate of Redis', isAway).isTrue()
  prove('connections to Redis with it', await redisPorts(redis.url)).isEmpty()
  const served = await operator.post('/projects', { name: 'Without memory' })
  prove('a write without Redis', served.status).equals(201)
})

type Env = Readonly<Record<string, string>>

/** Outside development every command refuses to connect without TLS, and says what to. */
async function proveRefusals(
  system: SystemHandle,
  { plain, all }: { readonly plain: Env; readonly all: Env },
  prove: Prove,
): Promise<void> {
  const url = String(plain['DATABASE_URL'])
  const modes = ['disable', 'allow', 'prefer', 'require&sslmode=disable']
  const refused: readonly (readonly [command: string, variable: string, env: Env])[] = [
    ...['', ...modes.map((mode) => `?sslmode=${mode}`)].map(
      (query) =>
        ['main', 'DATABASE_URL', { ENVIRONMENT: 'production', DATABASE_URL: url + query }] as const,
    ),
    ['main', 'DATABASE_URL', { ENVIRONMENT: 'test', DATABASE_URL: url }],
    ...['DATABASE_URL', 'BACKUP_DATABASE_URL', 'BACKUP_RECOVERY_URL', 'REDIS_URL'].map(
      (name) => ['main', name, { [name]: String(plain[name]) }] as const,
    ),
    ...['migrate', 'create-operator', 'report', 'restore', 'checklist'].map((command) => {
      const name = 'MIGRATE_DATABASE_URL'
      return [command, name, { [name]: String(plain[name]) }] as const
    }),
    ['demo', 'DATABASE_URL', { DATABASE_URL: url }],
  ]
  const ends = await Promise.all(
    refused.map(([command, , env]) => run(system, command, { ...all, ...env })),
  )
  for (const [at, { code, stderr }] of ends.entries()) {
    const [command, variable, env] = refused[at] as (typeof refused)[number]
    const what = `${command} ${env['ENVIRONMENT'] ?? ''} ${variable} ${queryOf(env[variable])}`
    prove(`exit code without TLS: ${what}`, code).equals(usageExit)
    prove(`what it complains of: ${what}`, stderr).matches(new RegExp(`^  ${variable}: `, 'm'))
    prove(`whether it tells a password: ${what}`, tellsPassword(stderr, plain)).equals(false)
  }
}

function queryOf(url = ''): string {
  return new URL(url).search
}

/** What each command wants to be told besides. */
const wordsOf: Readonly<Record<string, readonly string[]>> = {
  migrate: ['status'],
  'create-operator': ['somebody@example.org'],
  report: ['health'],
  restore: ['none'],
}

/** Runs a command; the service on a port that is taken, so that it ends in any case. */
function run(system: SystemHandle, command: string, env: Env): Promise<CommandResult> {
  const words = wordsOf[command] ?? []
  return system.run(['node', `src/${command}.ts`, ...words], () => ({
    JWT_SECRET: secret,
    PORT: new URL(system.url).port,
    OPERATOR_EMAIL: 'somebody@example.org',
    OPERATOR_PASSWORD: secret,
    ...env,
  }))
}

function tellsPassword(text: string, urls: Env): boolean {
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

/** The ports at which others than who asks have said something to Redis, not only knocked. */
async function redisPorts(url: string): Promise<number[]> {
  const list = await askRedis(url, 'CLIENT LIST')
  const others = list.split('\n').filter((line) => !/ cmd=(?:client\|list|NULL) /.test(line))
  return others.flatMap((line) => {
    const port = / laddr=\S*:(\d+) /.exec(line)?.[1]
    return port === undefined ? [] : [Number(port)]
  })
}
