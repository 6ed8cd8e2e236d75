import { signToken } from 'etalon'
import { createHmac } from 'node:crypto'

/** What an attacker knows, and what he does not. */
export interface TokenFacts {
  /** Name of the service. */
  readonly name: string
  /** The service's own key; what is signed with it is still not valid. */
  readonly secret: string
  /** Id of whom the attacker wants to be. */
  readonly subject: string
  /** A valid token of the attacker himself. */
  readonly own: string
}

type Payload = Readonly<Record<string, unknown>>

const otherKey = 'a key that only the attacker knows, as long as the real one'

/** Tokens that look like the subject's and must not be taken, each with what is wrong with it. */
export function forgedTokens({ name, secret, subject, own }: TokenFacts): [string, string][] {
  const claims = { sub: subject, iss: name, aud: name, epoch: 0 }
  const nowS = Math.floor(Date.now() / 1_000)
  const whole = { ...claims, auth_time: nowS, iat: nowS, exp: nowS + 3_600 }
  const { exp: _exp, ...endless } = whole
  const [header = '', payload = '', signature = ''] = own.split('.')
  const mine = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Payload
  return [
    ['signed with another key', signToken(claims, otherKey)],
    ['signed with an empty key', signToken(claims, '')],
    ['not signed', encoded({ alg: 'none', typ: 'JWT' }, whole)],
    ['not signed, in capitals', encoded({ alg: 'NONE', typ: 'JWT' }, whole)],
    ['not signed, with a signature', `${encoded({ alg: 'none' }, whole)}${signature}`],
    ['without a signature', encoded({ alg: 'HS256', typ: 'JWT' }, whole)],
    ['changed after it was signed', `${header}.${base64({ ...mine, sub: subject })}.${signature}`],
    ['signed in another way', signedBy('sha512', { alg: 'HS512' }, whole, secret)],
    ['signed in another way than it says', signedBy('sha512', { alg: 'HS256' }, whole, secret)],
    ['expired', signToken(claims, secret, -1)],
    ['expired long ago', signToken(claims, secret, -1_000_000)],
    ['that never expires', signedBy('sha256', { alg: 'HS256' }, endless, secret)],
    ['not valid yet', signedBy('sha256', { alg: 'HS256' }, { ...whole, nbf: nowS + 600 }, secret)],
    ['for another service', signToken({ ...claims, aud: 'another-service' }, secret)],
    ['for nobody', signToken({ sub: subject, iss: name, epoch: 0 }, secret)],
    ['of another service', signToken({ ...claims, iss: 'another-service' }, secret)],
    ['of no service', signToken({ sub: subject, aud: name, epoch: 0 }, secret)],
    ['of no subject', signToken({ iss: name, aud: name, epoch: 0 }, secret)],
    ['of an unknown subject', signToken({ ...claims, sub: '999999999' }, secret)],
    ['of an epoch to come', signToken({ ...claims, epoch: 1 }, secret)],
    ['of no epoch', signToken({ sub: subject, iss: name, aud: name }, secret)],
    ['that is none', 'x'],
    ['of three empty parts', '..'],
  ]
}

/** Header and payload, and an empty signature. */
function encoded(header: Payload, payload: Payload): string {
  return `${base64(header)}.${base64(payload)}.`
}

function signedBy(hash: string, header: Payload, payload: Payload, secret: string): string {
  const content = encoded(header, payload).slice(0, -1)
  return `${content}.${createHmac(hash, secret).update(content).digest('base64url')}`
}

function base64(part: Payload): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
