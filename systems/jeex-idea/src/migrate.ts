import { runMigrations } from 'service-kit/migrate'
import { isEncrypted } from './encryption.ts'
import { jobInstallation } from './job.ts'

const { MIGRATE_DATABASE_URL: url = '', ENVIRONMENT } = process.env
// What checks an environment takes long to load, so it is where there is something to be said.
if (ENVIRONMENT !== 'development' && !(URL.canParse(url) && isEncrypted(url))) {
  const [{ loadConfig }, { ownerEnvironment }] = await Promise.all([
    import('service-kit'),
    import('./config.ts'),
  ])
  loadConfig(ownerEnvironment)
}
await runMigrations(new URL('../migrations', import.meta.url), jobInstallation)
