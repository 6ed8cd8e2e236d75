import type { Pool } from 'pg'
import {
  generatePassword,
  hashPassword,
  loadConfig,
  ownerEnvironment,
  printDemo,
  systemClock,
  withPool,
} from 'service-kit'
import type { Role } from './consumer/role.ts'
import { insertUser } from './consumer/store/user.ts'
import { loadScenarios } from './demo/scenario.ts'
import { fillDemo } from './demo/universe.ts'

/** Makes an account; gives it with the only copy of its password. */
async function account(pool: Pool, name: string, role: Role): Promise<object> {
  const email = `${name.toLowerCase()}@tickstock.example`
  const password = generatePassword()
  await insertUser(pool, email, name, role, await hashPassword(password))
  return { role, email, password }
}

const { MIGRATE_DATABASE_URL: url } = loadConfig(ownerEnvironment)
const fill = () =>
  withPool({ url, applicationName: 'tickstock-demo' }, async (pool) => {
    const signIns = [await account(pool, 'Olga', 'operator'), await account(pool, 'Vera', 'viewer')]
    const log = { info: () => {}, warn: () => {}, error: () => {} }
    const producer = { pool, clock: systemClock, log }
    await fillDemo(producer)
    await loadScenarios(producer)
    return signIns
  })
await printDemo(fill)
