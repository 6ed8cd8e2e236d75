import { connect } from 'node:net'
import { claim, cut, eventually, type HttpResponse, type SystemHandle } from 'etalon'
import { issueLicense } from '../license.ts'
import { personOf } from '../person.ts'

claim('LFA-OPS-04', { links: ['postgres', 'redis'] }, async ({ system, sql, faults, prove }) => {
  const { anonymous, services } = system
  const admin = await personOf(system, 'admin')
  const probe = (path: string): PromiseLike<HttpResponse> => anonymous.get(path)
  prove('health', (await probe('/health')).body).equals({ status: 'ok' })
  prove('readiness', await probe('/ready')).holds({ status: 200, body: readiness('up', 'up') })
  const before = await answeredBy(system, '/api/v1/users/me')
  for (let time = 0; time < 5; time += 1) await admin.get('/api/v1/users/me').expect(200)
  const counted = (await answeredBy(system, '/api/v1/users/me')) - before
  prove('requests that the metrics counted, of 5', counted).equals(5)

  await faults.during('postgres', cut(), async () => {
    const ready = await probe('/ready')
    const [health, request] = [await probe('/health'), await admin.get('/api/v1/users')]
    const statuses = [health.status, request.status]
    prove('no database: readiness', ready).holds({ status: 503, body: readiness('down', 'up') })
    prove('no database: health, and a request', statuses).equals([200, 503])
  })
  await faults.during('redis', cut(), async () => {
    const ready = await probe('/ready')
    const request = await admin.get('/api/v1/users')
    prove('without Redis: readiness', ready).holds({ status: 503, body: readiness('up', 'down') })
    prove('without Redis: a request', request.status).equals(200)
  })
  const isReady = await eventually(async () => (await probe('/ready')).status === 200, 5_000)
  prove('readiness comes back', isReady).equals(true)

  const missing = await system.run(['node', 'src/main.ts'])
  const named = ['DATABASE_URL', 'REDIS_URL', 'JWT_SECRET'].map((name) =>
    missing.stderr.includes(`${name} is required`),
  )
  prove('started without an environment', [missing.code, ...named]).equals([3, true, true, true])
  const wrong = await system.run(['node', 'src/main.ts'], () => ({
    DATABASE_URL: 'mysql://owner:hunter2@127.0.0.1/lfa',
    REDIS_URL: services.redis.url,
    JWT_SECRET: 'too-short-hunter2',
    PORT: 'high',
  }))
  const told = ['DATABASE_URL', 'JWT_SECRET', 'PORT'].map((name) => wrong.stderr.includes(name))
  prove('started with a wrong one', [wrong.code, ...told]).equals([3, true, true, true])
  prove('secrets that it shows then', wrong.stderr.match(/hunter2/g) ?? []).isEmpty()

  const licenseId = await issueLicense(await personOf(system, 'student:held'), 'INTERNSHIP')
  const grants = await sql.session(async (holding) => {
    await holding.run('begin')
    await holding.run('select from internship_licenses where id = $1 for update', [licenseId])
    const underWay = [3, 4, 5].map((xp_gained) =>
      admin.post('/api/v1/internship/xp', { license_id: licenseId, xp_gained }).then(
        ({ status }) => status,
        (error: unknown) => String(error),
      ),
    )
    const isWaiting = async (): Promise<boolean> =>
      (await sql.value<number>(waiting, ['lfa-licenses'])) === underWay.length
    prove('requests are under way', await eventually(isWaiting, 3_000)).equals(true)
    const stopping = system.process().child.stop('SIGTERM')
    prove('new connections are refused', await eventually(() => isClosed(system), 3_000)).equals(
      true,
    )
    await holding.run('commit')
    return { answers: await Promise.all(underWay), exit: await stopping }
  })
  prove('answers to requests under way when it was stopped', grants.answers).equals([200, 200, 200])
  prove('how it ended', grants.exit).equals({ code: 0, signal: null })
  const xp = 'select total_xp from internship_licenses where id = $1'
  prove('XP kept', await sql.value<number>(xp, [licenseId])).equals(12)

  await system.startAgain()
  const read = await admin.get(`/api/v1/internship/licenses/${licenseId}`).expect(200)
  prove('the licence after a new start', read.body).holds({ total_xp: 12 })
  prove('keys in the log', system.log().includes(services.secret('jwt'))).equals(false)
})

const waiting = `select count(*) from pg_stat_activity
  where datname = current_database() and application_name = $1 and wait_event_type = 'Lock'`

function readiness(postgres: 'up' | 'down', redis: 'up' | 'down'): unknown {
  const isUp = postgres === 'up' && redis === 'up'
  return { status: isUp ? 'ok' : 'unavailable', dependencies: { postgres, redis } }
}

/** How many requests of a route the service's metrics have counted. */
async function answeredBy(system: SystemHandle, route: string): Promise<number> {
  const { text } = await system.anonymous.get('/metrics').expect(200)
  const lines = text
    .split('\n')
    .filter((line) => line.startsWith('http_request_duration_seconds_count{'))
  const counts = lines.filter((line) => line.includes(`route="${route}"`))
  return counts.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

function isClosed(system: SystemHandle): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port: system.process().port, host: '127.0.0.1' })
    const end = (closed: boolean): void => {
      socket.destroy()
      resolve(closed)
    }
    socket.once('connect', () => end(false))
    socket.once('error', () => end(true))
  })
}
