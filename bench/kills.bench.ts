// 500 services of LFA, each killed with kill -9 while its one update of progress and licence is between
// its two writes: the claim LFA-CPL-05 with a kill for each update. And once without the transaction.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { loadSystem } from '../packages/etalon/src/claims/load-systems.ts'
import type { RevisionPlant } from '../packages/etalon/src/claims/plant.ts'
import { revisionOptions } from '../packages/etalon/src/claims/planting.ts'
import type { ConfiguredSystem } from '../packages/etalon/src/claims/system-config.ts'
import { startEnvironment } from '../packages/etalon/src/environment/environment.ts'
import { startInstance, type Instance } from '../packages/etalon/src/environment/instance.ts'
import type { Servers } from '../packages/etalon/src/environment/servers.ts'
import { openLink, type Link } from '../packages/etalon/src/instruments/faults/index.ts'
import type { ProcessDefinition } from '../packages/etalon/src/environment/system-definition.ts'
import { createHttp, type HttpClient } from '../packages/etalon/src/instruments/http/index.ts'
import { plainSession } from '../packages/etalon/src/instruments/plain-session.ts'
import { createSql, type Sql } from '../packages/etalon/src/instruments/sql/index.ts'
import { freshSeed, type Random } from '../packages/etalon/src/kernel/random.ts'
import { formatCount, formatDuration } from '../packages/etalon/src/kernel/units.ts'
import { desynchronized } from '../systems/lfa-licenses/claims/coupled-pair.ts'
import {
  killBetweenWrites,
  prepareAttempts,
  type KilledUpdates,
  type Stage,
} from '../systems/lfa-licenses/claims/coupling/killed-update.ts'
import withoutTransaction from '../systems/lfa-licenses/defects/licence-commits-apart.defect.ts'
import type { Benchmark } from './benchmark.ts'

const killsInAll = Number(process.env['KILLS'] ?? 500)
/** Without the transaction it ends with the first update that is not between its writes. */
const killsWithoutMax = 20
/** Services side by side, each on a database of its own: most of a round is its start. */
const services = 4
const config = new URL('../systems/lfa-licenses/etalon.config.ts', import.meta.url).pathname
const seed = process.env['SEED'] ?? freshSeed()

/** Where the services run. */
interface Ground {
  readonly system: ConfiguredSystem
  readonly servers: Servers
  readonly logs: string
}

/** What the kills left. */
interface Found extends Omit<KilledUpdates, 'changed'> {
  readonly changed: number
  readonly desync: number
}

const kills: Benchmark = async () => {
  const system = await loadSystem(config)
  const logs = mkdtempSync(join(os.tmpdir(), 'etalon-bench-'))
  const environment = await startEnvironment({ systems: [system.definition], logs, poolSize: 0 })
  const ground: Ground = { system, servers: environment.servers, logs }
  try {
    const startedAtMs = performance.now()
    const all = await Promise.all(
      Array.from({ length: services }, (_none, at) =>
        killInOneService(ground, `service-${at + 1}`, killsInAll / services),
      ),
    )
    const durationMs = performance.now() - startedAtMs
    const torn = await killInOneService(
      ground,
      'torn',
      killsWithoutMax,
      withoutTransaction.plant as RevisionPlant,
    )
    return tableOf(sumOf(all), torn, durationMs)
  } finally {
    await environment.stop()
    rmSync(logs, { recursive: true, force: true })
  }
}

/** Starts a service and kills it so often, each time with one update. */
async function killInOneService(
  { system, servers, logs }: Ground,
  name: string,
  times: number,
  plant?: RevisionPlant,
): Promise<Found> {
  const plain = { definition: patient(system), servers, logs, name }
  const open: { link?: Link } = {}
  const instance = await startInstance({
    ...plain,
    ...revisionOptions(plain, plant),
    through: async (service, address) => {
      if (service !== 'postgres') return address
      open.link = await openLink({ ...address, protocol: service, seed: `${seed}/${name}` })
      return { host: '127.0.0.1', port: open.link.port }
    },
  })
  const session = plainSession(`${seed}/${name}`)
  const sql = createSql({ url: instance.adminUrl, session })
  const http = createHttp({ baseUrl: instance.processes.get('api')?.url ?? '', session })
  const { link } = open
  if (!link) throw new Error('the service does not reach PostgreSQL through its link')
  try {
    const stage: Stage = {
      sql,
      random: session.random,
      admin: await adminOf(system, instance, { http, sql, random: session.random }),
      inject: (fault) => link.inject(fault),
      kill: async () => instance.processes.get('api')?.child.kill(),
      startAgain: () => instance.startAgain('api'),
    }
    const attempts = await prepareAttempts(sql, session.random, times)
    const { changed, ...killed } = await killBetweenWrites(stage, attempts, 1)
    const desync = (await desynchronized(sql)).length
    return { ...killed, changed: changed.length, desync }
  } finally {
    await Promise.all([http.close(), sql.close()])
    await instance.stop()
    await link.close()
  }
}

/** Many services that start side by side on a busy machine take longer than one. */
function patient({ definition }: ConfiguredSystem): ConfiguredSystem['definition'] {
  const api = definition.processes['api'] as ProcessDefinition
  return { ...definition, processes: { api: { ...api, readyTimeoutMs: 120_000 } } }
}

async function adminOf(
  { config: { signIn } }: ConfiguredSystem,
  { services: own }: Instance,
  tools: { readonly http: HttpClient; readonly sql: Sql; readonly random: Random },
): Promise<HttpClient> {
  const signedIn = await signIn?.('admin', { ...tools, services: own })
  return tools.http.as('admin', signedIn?.headers ?? {})
}

function sumOf(all: readonly Found[]): Found {
  const sum = (of: (found: Found) => number): number =>
    all.reduce((total, found) => total + of(found), 0)
  return {
    kills: sum((found) => found.kills),
    updates: sum(({ updates }) => updates),
    betweenWrites: sum(({ betweenWrites }) => betweenWrites),
    changed: sum(({ changed }) => changed),
    desync: sum(({ desync }) => desync),
  }
}

function tableOf(whole: Found, torn: Found, durationMs: number): string {
  const row = (name: string, found: Found): string => {
    const { kills: times, updates, betweenWrites, changed, desync } = found
    const counts = [times, updates, betweenWrites, changed, desync].map(formatCount)
    return `| ${name} | ${counts.join(' | ')} |`
  }
  return [
    `Services killed with kill -9, each with one update of progress and licence held before its second`,
    `write, at seeded moments (seed ${seed}); ${services} side by side, ${formatDuration(durationMs)}.\n`,
    '| | killed | updates held | had written their first | not as before | one side changed alone |',
    '|---|---|---|---|---|---|',
    row('as it is', whole),
    row('without the transaction', torn),
  ].join('\n')
}

export default kills
