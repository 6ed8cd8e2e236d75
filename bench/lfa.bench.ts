// Reading a licence and granting XP through the service of LFA, beside the same SQL by the driver
// alone: same statements, same database, as many callers. What is between the two is HTTP, the
// service's checks and its JSON.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import os from 'node:os'
import { Client } from 'pg'
import { loadSystem } from '../packages/etalon/src/claims/load-systems.ts'
import { startEnvironment } from '../packages/etalon/src/environment/environment.ts'
import { startInstance, type Instance } from '../packages/etalon/src/environment/instance.ts'
import { connectPostgres } from '../packages/service-kit/src/postgres.ts'
import { signToken } from 'etalon/http'
import { licenses } from '../systems/lfa-licenses/src/store/license.ts'
import { grantInternshipXp } from '../systems/lfa-licenses/src/store/xp.ts'
import type { Benchmark } from './benchmark.ts'
import { callers, compareRates, openService, rateHead } from './service-rate.ts'

const rounds = Number(process.env['ROUNDS'] ?? 15)
const operationsPerRound = 2_000
const licensesInAll = 1_000
const length = { rounds, operationsPerRound }
const config = new URL('../systems/lfa-licenses/etalon.config.ts', import.meta.url).pathname

/** The academy that is read and written, and how to reach it. */
interface Academy {
  readonly instance: Instance
  readonly adminId: number
  readonly headers: Readonly<Record<string, string>>
  readonly licenseIds: readonly number[]
}

const lfa: Benchmark = async () => {
  const { definition } = await loadSystem(config)
  const logs = mkdtempSync(join(os.tmpdir(), 'etalon-bench-'))
  const environment = await startEnvironment({ systems: [definition], logs, poolSize: 0 })
  const { servers } = environment
  const instance = await startInstance({ definition, servers, logs, name: 'bench' })
  try {
    return await measure(await foundAcademy(instance))
  } finally {
    await instance.stop()
    await environment.stop()
    rmSync(logs, { recursive: true, force: true })
  }
}

async function measure({ instance, adminId, headers, licenseIds }: Academy): Promise<string> {
  const [api] = instance.processes.values()
  const service = openService(api?.url ?? '', headers)
  const pool = connectPostgres({
    url: instance.urlFor('app'),
    applicationName: 'bench',
    poolMax: 10,
    statementTimeoutMs: 5_000,
    onIdleError: (error) => {
      throw error
    },
  })
  const licenseOf = (operation: number): number => licenseIds[operation % licensesInAll] ?? 0
  const readBySql = (index: number) =>
    licenses.INTERNSHIP.byId(pool, licenseOf(index), adminId, new Date())
  const readByApi = (index: number) =>
    service.call(`/api/v1/internship/licenses/${licenseOf(index)}`)
  const grantBySql = (index: number) => {
    const [key, at] = [crypto.randomUUID(), new Date()]
    return grantInternshipXp(pool, licenseOf(index), 1, 'MANUAL', key, null, adminId, at, true)
  }
  const grantByApi = (index: number) =>
    service.call('/api/v1/internship/xp', { license_id: licenseOf(index), xp_gained: 1 })
  try {
    return [
      `${rounds} interleaved rounds of ${operationsPerRound} operations by ${callers} callers; one`,
      'process of the service, the driver and PostgreSQL on the same machine.\n',
      ...rateHead,
      ...(await compareRates({ 'SQL, read': readBySql, 'API, read': readByApi }, length)),
      ...(await compareRates({ 'SQL, grant XP': grantBySql, 'API, grant XP': grantByApi }, length)),
    ].join('\n')
  } finally {
    await service.close()
    await pool.end()
  }
}

/** An admin and a thousand students with an internship each, put in by SQL. */
async function foundAcademy(instance: Instance): Promise<Academy> {
  const client = new Client({ connectionString: instance.adminUrl })
  await client.connect()
  try {
    const insertUsers = `insert into users (email, name, role, date_of_birth, password_hash)
      select 'bench-' || n || '@lfa.example', 'Bench', case n when 0 then 'ADMIN' else 'STUDENT' end,
        '2004-03-15', 'none' from generate_series(0, $1::int) n returning id`
    const { rows } = await client.query<{ id: string }>(insertUsers, [licensesInAll])
    const [adminId = 0, ...students] = rows.map(({ id }) => Number(id))
    const issued = await client.query<{ id: string }>(
      `insert into internship_licenses (user_id, expires_at)
       select id, now() + interval '15 months' from unnest($1::bigint[]) id returning id`,
      [students],
    )
    await client.query('analyze')
    const name = 'lfa-licenses'
    const claims = { sub: String(adminId), iss: name, aud: name, epoch: 0 }
    return {
      instance,
      adminId,
      licenseIds: issued.rows.map(({ id }) => Number(id)),
      headers: {
        authorization: `Bearer ${signToken(claims, instance.services.secret('jwt'))}`,
        'content-type': 'application/json',
      },
    }
  } finally {
    await client.end()
  }
}

export default lfa
