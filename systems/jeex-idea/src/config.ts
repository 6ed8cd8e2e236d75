import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  integerVariable,
  ownerEnvironment as owner,
  passwordMin,
  serviceVariables,
} from 'service-kit/config'
import { z } from 'zod'
import { isEncrypted } from './encryption.ts'

const dayMs = 86_400_000
const { DATABASE_POOL_MAX: _poolMax, ...shared } = serviceVariables

const ms = (fallback: number, min = 100): z.ZodType<number> =>
  integerVariable(fallback, { min, max: 366 * dayMs })

/** Connections to the database, and what happens when there are none left. */
const databaseVariables = {
  DATABASE_POOL_SIZE: integerVariable(20, { min: 2, max: 200 }),
  DATABASE_POOL_OVERFLOW: integerVariable(30, { min: 1, max: 200 }),
  DATABASE_WAITING_MAX: integerVariable(200, { min: 1, max: 100_000 }),
  DATABASE_ACQUIRE_TIMEOUT_MS: ms(2_000, 10),
  DATABASE_IDLE_MS: ms(15 * 60_000),
  BREAKER_FAILURES_MAX: integerVariable(5, { min: 1, max: 1_000 }),
  BREAKER_OPEN_MS: ms(100, 10),
  STALE_KEPT_MS: ms(15 * 60_000),
}

/** What counts as a worry. */
const monitorVariables = {
  ALERT_P95_MS: integerVariable(100, { min: 1, max: 60_000 }),
  SLOW_QUERY_MS: integerVariable(250, { min: 1, max: 60_000 }),
  ALERT_ERROR_PERCENT: integerVariable(1, { min: 1, max: 100 }),
  ALERT_POOL_PERCENT: integerVariable(90, { min: 1, max: 100 }),
  ALERT_WINDOW_MS: ms(60_000, 1_000),
  ALERT_INTERVAL_MS: ms(1_000),
}

/** Work that goes on by itself. */
const workVariables = {
  EXPORT_DIR: z.string().default(join(tmpdir(), 'jeex-idea', 'exports')),
  EXPORT_LIFETIME_MS: ms(dayMs),
  EXPORT_INTERVAL_MS: ms(1_000),
  EXECUTION_TIMEOUT_MS: ms(3_600_000),
  HOUSEKEEPING_INTERVAL_MS: ms(60_000),
  EVENT_INTERVAL_MS: ms(500, 10),
  EVENT_STREAMS_PER_USER_MAX: integerVariable(20, { min: 1, max: 500 }),
  BACKUP_DIR: z.string().default(join(tmpdir(), 'jeex-idea', 'backups')),
  BACKUP_DATABASE_URL: shared.DATABASE_URL.optional(),
  BACKUP_RECOVERY_URL: shared.DATABASE_URL.optional(),
  BACKUP_FULL_INTERVAL_MS: ms(dayMs),
  BACKUP_INCREMENTAL_INTERVAL_MS: ms(6 * 3_600_000),
  BACKUP_KEEP_MS: ms(30 * dayMs),
}

const environment = z.enum(['development', 'test', 'production']).default('production')
const urlNames = [
  'DATABASE_URL',
  'MIGRATE_DATABASE_URL',
  'BACKUP_DATABASE_URL',
  'BACKUP_RECOVERY_URL',
  'REDIS_URL',
] as const

type Urls = { readonly [Name in (typeof urlNames)[number]]?: string | undefined }

/** Outside development every connection must be encrypted. */
function refusePlain(
  env: Urls & { readonly ENVIRONMENT: string },
  context: z.core.$RefinementCtx,
): void {
  for (const name of urlNames) {
    const url = env[name]
    if (url === undefined || env.ENVIRONMENT === 'development' || isEncrypted(url)) continue
    const wanted = name === 'REDIS_URL' ? 'begin with rediss:' : 'say sslmode=verify-full once'
    context.addIssue({
      code: 'custom',
      path: [name],
      message: `must ${wanted} outside development`,
    })
  }
}

/** The environment of the service. */
export const serviceEnvironment = z
  .object({
    ...shared,
    PORT: integerVariable(5210, { min: 0, max: 65_535 }),
    ENVIRONMENT: environment,
    ...databaseVariables,
    ...monitorVariables,
    ...workVariables,
    BODY_LIMIT_BYTES: integerVariable(1_048_576, { min: 1_024, max: 16_777_216 }),
  })
  .superRefine(refusePlain)

export type ServiceEnvironment = z.output<typeof serviceEnvironment>

/** The environment of the commands that the owner of the schema gives. */
export const ownerEnvironment = z
  .object({ ...owner.shape, ENVIRONMENT: environment })
  .superRefine(refusePlain)

/** The environment of the commands that work on the database as the service does. */
export const databaseEnvironment = z
  .object({ DATABASE_URL: shared.DATABASE_URL, ENVIRONMENT: environment })
  .superRefine(refusePlain)

/** Where the first operator's password comes from, when it is not to be generated. */
export const operatorEnvironment = ownerEnvironment.safeExtend({
  OPERATOR_PASSWORD: z.string().min(passwordMin).optional(),
})

/** The environment of the checklist: the service's own, and what asks it from outside. */
export const checklistEnvironment = serviceEnvironment.safeExtend({
  ...owner.shape,
  SERVICE_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:5210'),
  OPERATOR_EMAIL: z.string(),
  OPERATOR_PASSWORD: z.string(),
})

export type ChecklistEnvironment = z.output<typeof checklistEnvironment>
