export { Counter, Gauge } from 'prom-client'
export { accountCache, type AccountCache } from './account-cache.ts'
export { createApp, type App, type AppOptions, type RequestIdNames } from './app.ts'
export { recordAudit, type AuditEntry } from './audit.ts'
export type { Access, AuthOptions, Identity } from './auth.ts'
export { backoffMs, type Backoff } from './backoff.ts'
export { CircuitBreaker, type BreakerOptions, type BreakerState } from './circuit-breaker.ts'
export { systemClock, type Clock } from './clock.ts'
export {
  ConfigError,
  integerVariable,
  loadConfig,
  readConfig,
  serviceVariables,
  switchVariable,
  usageExitCode,
} from './config.ts'
export { isUnavailable, uniqueViolation, type ConstraintErrors } from './constraint.ts'
export type { ErrorBody } from './error-handler.ts'
export {
  AppError,
  errorsFrom,
  requestError,
  requestErrors,
  type ErrorEntry,
  type ErrorRegistry,
} from './errors.ts'
export { day, email, id, idText, instant, text, uuid, webUrl } from './field.ts'
export { dependencyChecks, type Check } from './health.ts'
export {
  forgetKeys,
  idempotencyHeaders,
  once,
  requestHash,
  type Answer,
  type IdempotentRequest,
} from './idempotency.ts'
export { runPeriodically, type PeriodicJob } from './jobs.ts'
export { lead, type Leader, type LeaderOptions } from './leader.ts'
export { withLease } from './lease.ts'
export { LiveFeed, type Archive, type Told } from './live-feed.ts'
export { liveRoute, type LiveRouteOptions } from './live-route.ts'
export { closeCodes, LiveSocket, type QueueLimit } from './live-socket.ts'
export {
  migrateDown,
  migrateUp,
  migrationStatus,
  runMigrateCommand,
  type MigrationOptions,
  type MigrationState,
} from './migrate.ts'
export {
  pageFields,
  pageSchema,
  pageWindow,
  toPage,
  type Page,
  type PageRequest,
} from './pagination.ts'
export { servePages, type PagesOptions } from './pages.ts'
export { generatePassword, hashPassword, verifyPassword } from './password.ts'
export {
  connectPostgres,
  createSession,
  statement,
  type Postgres,
  type PostgresOptions,
  type SessionOptions,
  type Sql,
  type Statement,
} from './postgres.ts'
export { limitGuesses, type RateLimit, type RateLimitOptions } from './rate-limit.ts'
export { createRedis, lastingConnection, type RedisClient, type RedisOptions } from './redis.ts'
export { every, type Schedule } from './schedule.ts'
export { closeOnSignal } from './shutdown.ts'
export { signInRoutes, type SignInOptions } from './sign-in.ts'
export { inTransaction, withRetry } from './transaction.ts'
