import { withService } from './command.ts'
import { expiryJob } from './operation/expiry.ts'

const report = await withService('lfa-expire', (service) => expiryJob(service)())
const text = report === undefined ? 'another process is at it' : JSON.stringify(report)
process.stdout.write(`${text}\n`)
