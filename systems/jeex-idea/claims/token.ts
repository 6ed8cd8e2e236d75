import { createHmac } from 'node:crypto'

/** The operator whom the template database holds; his password is the secret `operator-password`. */
export const operatorEmail = 'operator@jeex.example'

/** Makes a bearer token (JWT, HS256). It outlives every claim, also one that moves the clock. */
export function signToken(
  claims: Readonly<Record<string, string>>,
  secret: string,
  lifetimeS = 10 * 365 * 86_400,
): string {
  const nowS = Math.floor(Date.now() / 1_000)
  const content = [
    { alg: 'HS256', typ: 'JWT' },
    { ...claims, iat: nowS, exp: nowS + lifetimeS },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
}
