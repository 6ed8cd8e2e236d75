// Reading a licence and granting XP through the service of LFA, beside the same SQL by the driver
// alone: same statements, same database, as many callers. What is between the two is HTTP, the
// service's checks and its JSON.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import os from 'node:os'
import { Pool as HttpPool } from 'undici'
import { Client } from 'pg'
import { loadSystem } from '../packages/etalon/src/claims/load-systems.ts'
import { startEnvironment } from '../packages/etalon/src/environment/environment.ts'
import { startInstance, type Instance } from '../packages/etalon/src/environment/instance.ts'
import { pairedRatioOf } from '../packages/etalon/src/kernel/statistics/paired-ratio.ts'
import { quantileOf } from '../packages/etalon/src/kernel/statistics/quantile.ts'
import { formatQuantity } from '../packages/etalon/src/kernel/units.ts'
import { connectPostgres } from '../packages/service-kit/src/postgres.ts'
import { signToken } from '../systems/lfa-licenses/claims/token.ts'
import { licenses } from '../systems/lfa-licenses/src/store/license.ts'
import { grantInternshipXp } from '../systems/lfa-licenses/src/store/xp.ts'
import { durationOf, measureInRounds, type Benchmark, type Durations } from './benchmark.ts'

const rounds = 15
const callers = 50
const operationsPerRound = 2_000
const licensesInAll = 1_000
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
  const service = openService(instance, headers)
  const postgres = connectPostgres({
    url: instance.urlFor('app'),
    applicationName: 'bench',
    poolMax: 10,
    statementTimeoutMs: 5_000,
    onIdleError: (error) => {
      throw error
    },
  })
  const { pool } = postgres
  const licenseOf = (operation: number): number => licenseIds[operation % licensesInAll] ?? 0
  const readBySql = (index: number) => licenses.INTERNSHIP.byId(pool, licenseOf(index), adminId)
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
      '| | a second, median (least to most) | of the SQL | P95 at 50 callers |',
      '|---|---|---|---|',
      ...(await compare({ 'SQL, read': readBySql, 'API, read': readByApi })),
      ...(await compare({ 'SQL, grant XP': grantBySql, 'API, grant XP': grantByApi })),
    ].join('\n')
  } finally {
    await service.close()
    await postgres.close()
  }
}

type Operation = (index: number) => Promise<unknown>

/** Calls the service on one connection a caller; anything but 200 ends the benchmark. */
function openService(instance: Instance, headers: Academy['headers']) {
  const [api] = instance.processes.values()
  const http = new HttpPool(api?.url ?? '', { connections: callers, pipelining: 1 })
  return {
    close: () => http.close(),
    call: async (path: string, body?: unknown): Promise<void> => {
      const method = body === undefined ? 'GET' : 'POST'
      const sent = body === undefined ? {} : { body: JSON.stringify(body) }
      const answer = await http.request({ path, method, headers, ...sent })
      const text = await answer.body.text()
      if (answer.statusCode !== 200) throw new Error(`${method} ${path}: ${text}`)
    },
  }
}

/** Measures the operations in turns; a row of the table for each. */
async function compare(operations: Readonly<Record<string, Operation>>): Promise<string[]> {
  const latenciesMs = new Map<string, number[]>()
  const contenders = Object.entries(operations).map(([name, operation]) => {
    const latencies: number[] = []
    latenciesMs.set(name, latencies)
    return { name, measure: () => durationOf(() => callAll(operation, latencies)) }
  })
  return rowsOf(await measureInRounds(contenders, { rounds }), latenciesMs)
}

/** Does the operations of a round, each caller one after the other. */
async function callAll(operation: Operation, latenciesMs: number[]): Promise<void> {
  let next = 0
  const caller = async (): Promise<void> => {
    for (let index = next++; index < operationsPerRound; index = next++) {
      latenciesMs.push(await durationOf(() => operation(index)))
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
}

function rowsOf(durations: Durations, latenciesMs: ReadonlyMap<string, number[]>): string[] {
  const [reference = []] = durations.values()
  const rateOf = (durationMs: number): number => (1_000 * operationsPerRound) / durationMs
  return [...durations].map(([name, values], index) => {
    const rates = values.map(rateOf)
    const p95 = quantileOf(latenciesMs.get(name) ?? [], 0.95, { unit: 'ms' })
    const share = pairedRatioOf(
      rates.map((subject, round) => ({ subject, reference: rateOf(reference[round] ?? 0) })),
    )
    const shown = [
      quantileOf(rates, 0.5, { unit: 'value' }).value,
      Math.min(...rates),
      Math.max(...rates),
    ].map((rate) => Math.round(rate).toLocaleString('en'))
    const percent = (value: number): string => `${(100 * value).toFixed(0)} %`
    const shareText =
      index === 0 ? '' : `${percent(share.value)} (${percent(share.low)} to ${percent(share.high)})`
    return `| ${name} | ${shown[0]} (${shown[1]} to ${shown[2]}) | ${shareText} | ${formatQuantity(p95.value, 'ms')} |`
  })
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
    const claims = { sub: String(adminId), iss: name, aud: name }
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
