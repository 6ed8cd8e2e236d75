import {
  every,
  sharedReads,
  systemClock,
  type App,
  type Clock,
  type RunningService,
} from 'service-kit'
import { openService, servePages } from 'service-kit/serving'
import { toDomainConfig, type ServiceEnvironment } from './config.ts'
import { constraintErrors } from './error.ts'
import { createMonitor, runMonitorJobs } from './monitor.ts'
import { expiryJob } from './operation/expiry.ts'
import { checkTimeLimitMs, type Monitor } from './operation/health-check.ts'
import { attendanceRoutes } from './routes/attendance.ts'
import { auditRoutes } from './routes/audit.ts'
import { authRoutes } from './routes/auth.ts'
import { cardRoutes } from './routes/card.ts'
import { certificateRoutes } from './routes/certificate.ts'
import { coachRoutes } from './routes/coach.ts'
import { creditRoutes } from './routes/credit.ts'
import { enrollmentRoutes } from './routes/enrollment.ts'
import { expiryRoutes } from './routes/expiry.ts'
import { gancujuRoutes } from './routes/gancuju.ts'
import { healthRoutes } from './routes/health.ts'
import { internshipRoutes } from './routes/internship.ts'
import { issueRoutes } from './routes/issue.ts'
import { licenseRoutes } from './routes/license.ts'
import { playerRoutes } from './routes/player.ts'
import { queueRoutes } from './routes/queue.ts'
import { progressRoutes } from './routes/progress.ts'
import { semesterRoutes } from './routes/semester.ts'
import { syncRoutes } from './routes/sync.ts'
import { userRoutes } from './routes/user.ts'
import type { Service } from './service.ts'
import { openTables } from './store/table.ts'
import { findAccount } from './store/user.ts'

const name = 'lfa-licenses'

const info = {
  title: 'LFA licences',
  version: '0.1.0',
  description:
    'Licences of four specializations: issue, levels, credits, semesters, attendance, graduation.',
}

const pages = new URL('../dist/web', import.meta.url)

/** Puts the service together; business time comes from `clock`. */
export async function createService(
  env: ServiceEnvironment,
  clock: Clock = systemClock,
): Promise<RunningService> {
  const open = await openService({
    system: 'LFA',
    name,
    info,
    env,
    bounds: { poolMax: env.DATABASE_POOL_MAX, answerTimeoutMs: checkTimeLimitMs + 1_000 },
    constraints: constraintErrors,
    findAccount: async (subject, { pool }) => (await findAccount(pool, Number(subject)))[0],
  })
  const { app, pool, redis, accounts } = open
  const domain = toDomainConfig(env)
  const service: Service = {
    pool,
    reads: sharedReads(pool),
    db: openTables(pool),
    clock,
    domain,
    accounts,
    log: app.log,
  }
  const monitor = createMonitor(app, service, redis, { env, version: info.version })
  await app.register(
    async (scope) => {
      addRoutes(scope, service, env)
      addMonitorRoutes(scope, monitor)
    },
    { prefix: '/api/v1' },
  )
  await servePages(app, pages, name)
  const expiry = every(env.EXPIRY_INTERVAL_MS, expiryJob(service), (error) =>
    app.log.error({ err: error }, 'expiry failed'),
  )
  const jobs = runMonitorJobs(monitor, env.DATABASE_URL)
  return { app, close: () => open.close(expiry, jobs) }
}

function addRoutes(app: App, service: Service, env: ServiceEnvironment): void {
  authRoutes(app, service, {
    tokenLifetimeS: env.TOKEN_LIFETIME_S,
    limit: { max: env.SIGN_IN_LIMIT_MAX, windowMs: env.RATE_LIMIT_WINDOW_MS },
  })
  userRoutes(app, service)
  issueRoutes(app, service)
  playerRoutes(app, service)
  gancujuRoutes(app, service)
  internshipRoutes(app, service)
  coachRoutes(app, service)
  expiryRoutes(app, service)
  creditRoutes(app, service)
  cardRoutes(app, service)
  queueRoutes(app, service)
  licenseRoutes(app, service)
  semesterRoutes(app, service)
  enrollmentRoutes(app, service)
  attendanceRoutes(app, service)
  certificateRoutes(app, service)
  auditRoutes(app, service)
  progressRoutes(app, service)
}

function addMonitorRoutes(app: App, monitor: Monitor): void {
  healthRoutes(app, monitor)
  syncRoutes(app, monitor)
}
