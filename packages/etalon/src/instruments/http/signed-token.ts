import { createHmac } from 'node:crypto'

const tenYearsS = 10 * 365 * 86_400

/**
 * Makes a bearer token (JWT, HS256; RFC 7519, RFC 7515) as a system makes it that holds the same
 * secret, for somebody who has just signed in. By default it outlives every claim, also one that
 * moves the clock by years.
 */
export function signToken(
  claims: Readonly<Record<string, string | number>>,
  secret: string,
  lifetimeS = tenYearsS,
): string {
  const nowS = Math.floor(Date.now() / 1_000)
  const content = [
    { alg: 'HS256', typ: 'JWT' },
    { auth_time: nowS, ...claims, iat: nowS, exp: nowS + lifetimeS },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
}
