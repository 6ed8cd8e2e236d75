import { EtalonError } from '../kernel/errors.ts'

const schemes = {
  DATABASE_URL: ['postgres', 'postgresql'],
  REDIS_URL: ['redis', 'rediss'],
} as const

/**
 * The URL of a server to use instead of an own one, where the variable names one. The URL itself is
 * never told: it may hold a password.
 *
 * @throws ETALON_SERVER_URL_INVALID
 */
export function givenServer(variable: keyof typeof schemes): string | undefined {
  const value = process.env[variable]
  if (!value) return undefined
  const [scheme, other] = schemes[variable]
  const url = URL.parse(value)
  if (url?.protocol === `${scheme}:` || url?.protocol === `${other}:`) return value
  const problem = url ? `it begins with ${url.protocol}` : 'it is no URL'
  throw new EtalonError('ETALON_SERVER_URL_INVALID', { variable, scheme, problem })
}
