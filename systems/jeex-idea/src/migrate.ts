import { runMigrations } from 'service-kit/migrate'
import { jobNames } from './job.ts'

const directory = new URL('../migrations', import.meta.url)
await runMigrations(directory, { role: 'jeex_app', queues: Object.values(jobNames) })
