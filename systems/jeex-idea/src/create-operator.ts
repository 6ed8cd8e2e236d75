import { parseArgs } from 'node:util'
import { email, generatePassword, hashPassword, loadConfig, withPool } from 'service-kit'
import { operatorEnvironment } from './config.ts'
import { insertUser } from './store/user.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const address = email.safeParse(positionals[0])
if (!address.success) {
  console.error('usage: create-operator EMAIL [NAME]')
  process.exit(3)
}
const env = loadConfig(operatorEnvironment)
const password = env.OPERATOR_PASSWORD ?? generatePassword()
const name = positionals[1] ?? 'Operator'
const hash = await hashPassword(password)
const [row] = await withPool(
  { url: env.MIGRATE_DATABASE_URL, applicationName: 'jeex-create-operator' },
  (pool) => insertUser(pool, address.data, name, 'operator', hash, new Date()),
)
const shown = env.OPERATOR_PASSWORD === undefined ? password : null
console.log(JSON.stringify({ id: row?.id, email: address.data, password: shown }))
