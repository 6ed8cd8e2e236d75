import { parseArgs } from 'node:util'
import { email, generatePassword, hashPassword, loadConfig, withPool } from 'service-kit'
import { z } from 'zod'
import { createUserEnvironment } from './consumer/config.ts'
import { roles } from './consumer/role.ts'
import { insertUser } from './consumer/store/user.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const asked = z.tuple([email, z.enum(roles), z.string().default('')]).safeParse(positionals)
if (!asked.success) {
  console.error(`usage: create-user EMAIL ${roles.join('|')} [NAME]`)
  process.exit(3)
}
const [address, role, name] = asked.data
const env = loadConfig(createUserEnvironment)
const password = env.USER_PASSWORD ?? generatePassword()
const hash = await hashPassword(password)
const [row] = await withPool(
  { url: env.MIGRATE_DATABASE_URL, applicationName: 'tickstock-create-user' },
  (pool) => insertUser(pool, address, name || address, role, hash),
)
const shown = env.USER_PASSWORD === undefined ? password : null
console.log(JSON.stringify({ id: row?.id, email: address, role, password: shown }))
