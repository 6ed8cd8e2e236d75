import { parseArgs } from 'node:util'
import { email, loadConfig } from 'service-kit'
import { withService } from './command.ts'
import { adminEnvironment } from './config.ts'
import { createUser } from './operation/user.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const address = email.safeParse(positionals[0])
if (!address.success) {
  console.error('usage: create-admin EMAIL [NAME]')
  process.exit(3)
}
const { ADMIN_PASSWORD: password } = loadConfig(adminEnvironment)
const name = positionals[1] ?? 'Admin'
const person = { email: address.data, name, role: 'ADMIN', password } as const
const { user, generated_password: generated } = await withService('lfa-create-admin', (service) =>
  createUser(service, null, person),
)
console.log(JSON.stringify({ id: user.id, email: user.email, password: generated }))
