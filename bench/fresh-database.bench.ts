// A migrated database of one's own, with its first answer: from the pool of ready clones, and by
// cloning the template when it is asked for, with PostgreSQL's default strategy and with files
// copied. The template is the migrated database of LFA.
import { Client } from 'pg'
import { loadSystem } from '../packages/etalon/src/claims/load-systems.ts'
import { startEnvironment } from '../packages/etalon/src/environment/environment.ts'
import { openDatabasePool } from '../packages/etalon/src/environment/postgres/database-pool.ts'
import { nameInRun, withClient } from '../packages/etalon/src/environment/postgres/roles.ts'
import { adminUrlOf } from '../packages/etalon/src/environment/servers.ts'
import { durationOf, durationTable, measureInRounds, type Benchmark } from './benchmark.ts'

const rounds = 100
const config = new URL('../systems/lfa-licenses/etalon.config.ts', import.meta.url).pathname

const freshDatabase: Benchmark = async () => {
  const { definition } = await loadSystem(config)
  const environment = await startEnvironment({ systems: [definition], logs: '/tmp', poolSize: 0 })
  const { servers } = environment
  const template = servers.postgres?.systems[definition.name]?.template
  if (!template) throw new Error('expected a template of LFA, found none')
  const adminUrl = (database: string): string => adminUrlOf(servers, database)
  const admin = new Client({ connectionString: adminUrl('postgres') })
  await admin.connect()
  const pool = await openDatabasePool({
    adminUrl,
    runId: servers.runId,
    label: 'bench',
    template,
    size: 4,
  })
  const cloneBy =
    (strategy: string) =>
    async (round: number): Promise<number> => {
      const name = nameInRun(servers.runId, strategy, String(round), String(Math.random()).slice(2))
      const durationMs = await durationOf(async () => {
        await admin.query(`create database ${name} template ${template.name} strategy ${strategy}`)
        await withClient(adminUrl(name), (client) => client.query('select 1'))
      })
      await admin.query(`drop database ${name} with (force)`)
      return durationMs
    }
  const takeReady = async (withNewConnection: boolean): Promise<number> => {
    let end = (): Promise<void> => Promise.resolve()
    const durationMs = await durationOf(async () => {
      const fresh = await pool.take()
      end = fresh.end
      if (withNewConnection) {
        await withClient(adminUrl(fresh.name), (client) => client.query('select 1'))
      } else {
        await fresh.client.query('select 1')
      }
    })
    await end()
    await pool.refilled()
    return durationMs
  }
  try {
    const durations = await measureInRounds(
      [
        { name: 'from the pool, on its open connection', measure: () => takeReady(false) },
        { name: 'from the pool, on a new connection', measure: () => takeReady(true) },
        { name: 'create database … strategy file_copy', measure: cloneBy('file_copy') },
        { name: 'create database … (default, wal_log)', measure: cloneBy('wal_log') },
      ],
      { rounds },
    )
    return `Each includes the first \`select 1\`.\n\n${durationTable(durations)}`
  } finally {
    await pool.close()
    await admin.end()
    await environment.stop()
  }
}

export default freshDatabase
