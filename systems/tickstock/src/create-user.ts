import { parseArgs } from 'node:util'
import { connectPostgres, email, generatePassword, hashPassword, loadConfig } from 'service-kit'
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
const postgres = connectPostgres({
  url: env.MIGRATE_DATABASE_URL,
  applicationName: 'tickstock-create-user',
  poolMax: 1,
  statementTimeoutMs: 10_000,
  onIdleError: (error) => process.emitWarning(error),
})
try {
  const hash = await hashPassword(password)
  const [row] = await insertUser(postgres.pool, address, name || address, role, hash)
  const shown = env.USER_PASSWORD === undefined ? password : null
  console.log(JSON.stringify({ id: row?.id, email: address, role, password: shown }))
} finally {
  await postgres.close()
}
