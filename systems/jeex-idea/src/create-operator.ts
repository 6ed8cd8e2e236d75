import { parseArgs } from 'node:util'
import { connectPostgres, email, generatePassword, hashPassword, loadConfig } from 'service-kit'
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
const postgres = connectPostgres({
  url: env.MIGRATE_DATABASE_URL,
  applicationName: 'jeex-create-operator',
  poolMax: 1,
  statementTimeoutMs: 10_000,
  onIdleError: (error) => process.emitWarning(error),
})
try {
  const name = positionals[1] ?? 'Operator'
  const hash = await hashPassword(password)
  const rows = await insertUser(postgres.pool, address.data, name, 'operator', hash, new Date())
  const shown = env.OPERATOR_PASSWORD === undefined ? password : null
  console.log(JSON.stringify({ id: rows[0]?.id, email: address.data, password: shown }))
} finally {
  await postgres.close()
}
