import { z } from 'zod'
import { usageExitCode } from './exit-code.ts'

/** Lists every environment variable that is missing or invalid. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'

  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The environment is not usable:\n${problems.map((line) => `  ${line}`).join('\n')}`)
    this.problems = problems
  }
}

/**
 * Reads settings from environment variables; a variable set to nothing counts as not set.
 * Throws a {@link ConfigError} that names every problem at once and shows no value.
 */
export function readConfig<Schema extends z.ZodObject>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const given = Object.fromEntries(
    Object.keys(schema.shape).map((name) => [name, env[name] === '' ? undefined : env[name]]),
  )
  const result = schema.safeParse(given)
  if (result.success) return result.data
  throw new ConfigError(
    result.error.issues.map((issue) => {
      const name = issue.path.join('.')
      return given[name] === undefined ? `${name} is required` : `${name}: ${issue.message}`
    }),
  )
}

/** {@link readConfig} on the process's own environment; a problem ends the process with code 3. */
export function loadConfig<Schema extends z.ZodObject>(schema: Schema): z.output<Schema> {
  try {
    return readConfig(schema, process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    return process.exit(usageExitCode)
  }
}

/** A whole number in an environment variable. */
export function integerVariable(
  fallback: number,
  limits: { readonly min: number; readonly max: number },
): z.ZodType<number> {
  return z.coerce.number<string>().int().min(limits.min).max(limits.max).default(fallback)
}

/** `true` or `false` in an environment variable. */
export function switchVariable(fallback: boolean): z.ZodType<boolean> {
  return z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] }).default(fallback)
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** The shortest password that may be set. */
export const passwordMin = 12

/** The variables that every service takes; spread them into its schema. */
export const serviceVariables = {
  PORT: integerVariable(8080, { min: 0, max: 65_535 }),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_POOL_MAX: integerVariable(10, { min: 1, max: 200 }),
  STATEMENT_TIMEOUT_MS: integerVariable(5_000, { min: 100, max: 600_000 }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  JWT_SECRET: z.string().min(32, 'must have at least 32 characters'),
  TOKEN_LIFETIME_S: integerVariable(3_600, { min: 60, max: 86_400 }),
  RATE_LIMIT_MAX: integerVariable(6_000, { min: 1, max: 100_000_000 }),
  RATE_LIMIT_WINDOW_MS: integerVariable(60_000, { min: 1_000, max: 3_600_000 }),
  SIGN_IN_LIMIT_MAX: integerVariable(10, { min: 1, max: 100_000 }),
  BODY_LIMIT_BYTES: integerVariable(65_536, { min: 1_024, max: 16_777_216 }),
}

/** The environment of the commands that the owner of the schema gives, such as the migrations. */
export const ownerEnvironment = z.object({ MIGRATE_DATABASE_URL: serviceVariables.DATABASE_URL })

/** The environment of the commands that work on the database as the service does. */
export const databaseEnvironment = z.object({ DATABASE_URL: serviceVariables.DATABASE_URL })
