export type { Counter, Gauge } from 'prom-client'
export { accountCache, type AccountCache } from './account-cache.ts'
export type { App, AppOptions, RequestIdNames } from './app.ts'
export { recordAudit, type AuditEntry } from './audit.ts'
export type { Access, Account, AuthOptions, Identity, SignedIn } from './auth.ts'
export { backoffMs, type Backoff } from './backoff.ts'
export { bellOf, type Bell } from './bell.ts'
export { CircuitBreaker, type BreakerOptions, type BreakerState } from './circuit-breaker.ts'
export { systemClock, type Clock } from './clock.ts'
export { printDemo, withPool, type CommandPool } from './command.ts'
export {
  ConfigError,
  databaseEnvironment,
  integerVariable,
  loadConfig,
  ownerEnvironment,
  passwordMin,
  readConfig,
  serviceVariables,
  switchVariable,
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
export { usageExitCode } from './exit-code.ts'
export { day, email, id, idText, instant, text, uuid, webUrl } from './field.ts'
export type { Check } from './health.ts'
export {
  forgetKeys,
  idempotencyHeaders,
  once,
  requestHash,
  type Answer,
  type IdempotentRequest,
} from './idempotency.ts'
export type { PeriodicJob } from './jobs.ts'
export { lastingConnection, type LastingConnection } from './lasting-connection.ts'
export { lead, type Leader, type LeaderOptions } from './leader.ts'
export { withLease } from './lease.ts'
export { LiveFeed, type Archive, type Told } from './live-feed.ts'
export type { LiveRouteOptions } from './live-route.ts'
export { closeCodes, LiveSocket, type QueueLimit } from './live-socket.ts'
export { inOneWrite } from './one-write.ts'
export {
  pageFields,
  pageSchema,
  pageWindow,
  toPage,
  type Page,
  type PageRequest,
} from './pagination.ts'
export { generatePassword, hashPassword, verifyPassword } from './password.ts'
export {
  connectPostgres,
  createSession,
  statement,
  type PoolBounds,
  type PostgresOptions,
  type SessionOptions,
  type Sql,
  type Statement,
} from './postgres.ts'
export type { RateLimit, RateLimitOptions } from './rate-limit.ts'
export type { RedisClient, RedisOptions } from './redis.ts'
export { every, type Schedule } from './schedule.ts'
export type { Connections, OpenService, RunningService, ServiceOptions } from './service.ts'
export { sharedReads } from './shared-read.ts'
export type { SignInOptions } from './sign-in.ts'
export { inTransaction, withRetry } from './transaction.ts'
export { writeWhole } from './whole-file.ts'
