// How long a check of integrity takes, from its request to its answer, at 1,000, 10,000 and 100,000
// pairs of user and specialization, one in a hundred of them wrong. Each check is stored with what
// it found and its report, as every check is. Where the cost grows linearly, the last column does
// not grow.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { Pool as HttpPool } from 'undici'
import { loadSystem } from '../packages/etalon/src/claims/load-systems.ts'
import { startEnvironment } from '../packages/etalon/src/environment/environment.ts'
import { startInstance, type Instance } from '../packages/etalon/src/environment/instance.ts'
import { quantileOf } from '../packages/etalon/src/kernel/statistics/quantile.ts'
import { formatQuantity } from '../packages/etalon/src/kernel/units.ts'
import { connectPostgres } from '../packages/service-kit/src/postgres.ts'
import { signToken } from 'etalon/http'
import { populate } from '../systems/lfa-licenses/src/operation/population.ts'
import { durationOf, type Benchmark } from './benchmark.ts'

const sizes = [1_000, 10_000, 100_000]
const rounds = 20
const warmUp = 2
const shareWrong = 0.01
const config = new URL('../systems/lfa-licenses/etalon.config.ts', import.meta.url).pathname

const healthCheck: Benchmark = async () => {
  const { definition } = await loadSystem(config)
  const logs = mkdtempSync(join(os.tmpdir(), 'etalon-bench-'))
  const environment = await startEnvironment({ systems: [definition], logs, poolSize: 0 })
  const { servers } = environment
  const rows: string[] = []
  try {
    for (const pairs of sizes) {
      const instance = await startInstance({ definition, servers, logs, name: `bench-${pairs}` })
      try {
        rows.push(rowOf(pairs, await measure(instance, pairs)))
      } finally {
        await instance.stop()
      }
    }
  } finally {
    await environment.stop()
    rmSync(logs, { recursive: true, force: true })
  }
  return [
    `${rounds} checks of each size; the service and PostgreSQL on the same machine.\n`,
    '| pairs | median | P95 | least to most | median for 1,000 pairs |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

/** Fills the instance and checks it; durations in milliseconds. */
async function measure(instance: Instance, pairs: number): Promise<number[]> {
  await fill(instance, pairs)
  const headers = { authorization: `Bearer ${await adminToken(instance)}` }
  const [api] = instance.processes.values()
  const http = new HttpPool(api?.url ?? '', { connections: 1, pipelining: 1 })
  const check = async (): Promise<void> => {
    const path = '/api/v1/health/check-now'
    const answer = await http.request({ path, method: 'POST', headers })
    const body = (await answer.body.json()) as { pairs_checked?: number; inconsistent?: number }
    if (body.pairs_checked !== pairs || body.inconsistent !== pairs * shareWrong) {
      throw new Error(`expected ${pairs} pairs checked, found ${JSON.stringify(body)}`)
    }
  }
  try {
    const durationsMs: number[] = []
    for (let round = -warmUp; round < rounds; round += 1) {
      const durationMs = await durationOf(check)
      if (round >= 0) durationsMs.push(durationMs)
    }
    return durationsMs
  } finally {
    await http.close()
  }
}

async function fill(instance: Instance, pairs: number): Promise<void> {
  const pool = connectPostgres({
    url: instance.urlFor('app'),
    applicationName: 'bench',
    poolMax: 1,
    statementTimeoutMs: 600_000,
    onIdleError: (error) => {
      throw error
    },
  })
  try {
    const plan = { users: pairs, seed: 1, desync: shareWrong, beltsOnly: true, now: new Date() }
    await populate({ pool }, plan)
  } finally {
    await pool.end()
  }
}

async function adminToken(instance: Instance): Promise<string> {
  const client = new Client({ connectionString: instance.adminUrl })
  await client.connect()
  try {
    await client.query('analyze')
    const { rows } = await client.query<{ id: string }>(
      "select id from users where role = 'ADMIN' order by id limit 1",
    )
    const name = 'lfa-licenses'
    const claims = { sub: rows[0]?.id ?? '', iss: name, aud: name, epoch: 0 }
    return signToken(claims, instance.services.secret('jwt'))
  } finally {
    await client.end()
  }
}

function rowOf(pairs: number, durationsMs: readonly number[]): string {
  const shown = (value: number): string => formatQuantity(value, 'ms')
  const median = quantileOf(durationsMs, 0.5, { unit: 'ms' }).value
  const p95 = quantileOf(durationsMs, 0.95, { unit: 'ms' }).value
  const spread = `${shown(Math.min(...durationsMs))} to ${shown(Math.max(...durationsMs))}`
  const each = shown((median * 1_000) / pairs)
  return `| ${pairs.toLocaleString('en')} | ${shown(median)} | ${shown(p95)} | ${spread} | ${each} |`
}

export default healthCheck
