import { runMigrations } from 'service-kit/migrate'
import { jobNames } from './job.ts'

const directory = new URL('../migrations', import.meta.url)
await runMigrations(directory, { role: 'lfa_app', queues: Object.values(jobNames) })
