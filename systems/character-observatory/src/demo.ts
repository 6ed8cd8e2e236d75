import type { Pool } from 'pg'
import {
  databaseEnvironment,
  generatePassword,
  hashPassword,
  loadConfig,
  printDemo,
  systemClock,
  withPool,
} from 'service-kit'
import { fillDemo } from './demo/content.ts'
import { insertUser } from './store/user.ts'

/** Makes an account; gives its id, and its sign-in with the only copy of its password. */
async function account(pool: Pool, username: string): Promise<{ id: string; signIn: object }> {
  const email = `${username}@observatory.example`
  const password = generatePassword()
  const [made] = await insertUser(pool, email, username, await hashPassword(password))
  return { id: made?.id ?? '', signIn: { role: 'user', email, password } }
}

const { DATABASE_URL: url } = loadConfig(databaseEnvironment)
const fill = () =>
  withPool({ url, applicationName: 'observatory-demo' }, async (pool) => {
    const owner = await account(pool, 'iris')
    const guest = await account(pool, 'victor')
    await fillDemo(pool, systemClock, { owner: owner.id, guest: guest.id })
    return [owner.signIn, guest.signIn]
  })
await printDemo(fill)
