import { uniqueViolation } from 'service-kit'
import { withService } from './command.ts'
import { fillDemo } from './demo/academy.ts'

try {
  console.log(JSON.stringify(await withService('lfa-demo', fillDemo), null, 2))
} catch (error) {
  if (uniqueViolation(error) !== 'users_email_key') throw error
  console.error('The demo data is there already; its passwords are kept nowhere')
  process.exitCode = 1
}
