import {
  connectPostgres,
  generatePassword,
  hashPassword,
  loadConfig,
  systemClock,
  uniqueViolation,
} from 'service-kit'
import { demoEnvironment } from './config.ts'
import { fillDemo } from './demo/content.ts'
import { insertUser } from './store/user.ts'

const env = loadConfig(demoEnvironment)
const postgres = connectPostgres({
  url: env.DATABASE_URL,
  applicationName: 'observatory-demo',
  poolMax: 4,
  statementTimeoutMs: 60_000,
  onIdleError: (error) => process.emitWarning(error),
})
const { pool } = postgres

/** Makes an account; gives its id, and its sign-in with the only copy of its password. */
async function account(username: string): Promise<{ id: string; signIn: object }> {
  const email = `${username}@observatory.example`
  const password = generatePassword()
  const [made] = await insertUser(pool, email, username, await hashPassword(password))
  return { id: made?.id ?? '', signIn: { role: 'user', email, password } }
}

try {
  const owner = await account('iris')
  const guest = await account('victor')
  await fillDemo(pool, systemClock, { owner: owner.id, guest: guest.id })
  console.log(JSON.stringify([owner.signIn, guest.signIn], null, 2))
} catch (error) {
  if (uniqueViolation(error) !== 'users_email_key') throw error
  console.error('The demo data is there already; its passwords are kept nowhere')
  process.exitCode = 1
} finally {
  await postgres.close()
}
