import {
  CircuitBreaker,
  connectPostgres,
  loadConfig,
  systemClock,
  uniqueViolation,
} from 'service-kit'
import { demoEnvironment } from './config.ts'
import { Database } from './database/database.ts'
import { PoolMeter } from './database/pool-meter.ts'
import { fillDemo } from './demo/content.ts'

const env = loadConfig(demoEnvironment)
const postgres = connectPostgres({
  url: env.DATABASE_URL,
  applicationName: 'jeex-demo',
  poolMax: 4,
  statementTimeoutMs: 60_000,
  onIdleError: (error) => process.emitWarning(error),
})
const { pool } = postgres
const database = new Database({
  pool,
  meter: new PoolMeter(pool),
  breaker: new CircuitBreaker({ failuresMax: 5, openMs: 500 }),
  waitingMax: 100,
  onStatement: () => undefined,
})
try {
  console.log(JSON.stringify(await fillDemo({ database, clock: systemClock }), null, 2))
} catch (error) {
  if (uniqueViolation(error) !== 'users_email_key') throw error
  console.error('The demo data is there already; its passwords are kept nowhere')
  process.exitCode = 1
} finally {
  await postgres.close()
}
