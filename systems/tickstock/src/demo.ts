import {
  connectPostgres,
  generatePassword,
  hashPassword,
  loadConfig,
  systemClock,
  uniqueViolation,
} from 'service-kit'
import type { Role } from './consumer/role.ts'
import { insertUser } from './consumer/store/user.ts'
import { loadScenarios } from './demo/scenario.ts'
import { fillDemo } from './demo/universe.ts'
import { ownerEnvironment } from './owner-config.ts'

const env = loadConfig(ownerEnvironment)
const postgres = connectPostgres({
  url: env.MIGRATE_DATABASE_URL,
  applicationName: 'tickstock-demo',
  poolMax: 4,
  statementTimeoutMs: 60_000,
  onIdleError: (error) => process.emitWarning(error),
})

const { pool } = postgres

/** Makes an account; gives it with the only copy of its password. */
async function account(name: string, role: Role): Promise<object> {
  const email = `${name.toLowerCase()}@tickstock.example`
  const password = generatePassword()
  await insertUser(pool, email, name, role, await hashPassword(password))
  return { role, email, password }
}

try {
  const signIns = [await account('Olga', 'operator'), await account('Vera', 'viewer')]
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const producer = { pool, clock: systemClock, log }
  await fillDemo(producer)
  await loadScenarios(producer)
  console.log(JSON.stringify(signIns, null, 2))
} catch (error) {
  if (uniqueViolation(error) !== 'users_email_key') throw error
  console.error('The demo data is there already; its passwords are kept nowhere')
  process.exitCode = 1
} finally {
  await postgres.close()
}
