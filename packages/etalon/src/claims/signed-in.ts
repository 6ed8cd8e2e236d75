import { signToken } from '../instruments/http/index.ts'
import type { SignedIn } from './system-config.ts'

/** Who is signed in, and by whose word. */
export interface TokenHolder {
  /** His id, which becomes `sub`. */
  readonly subject: string
  /** Name of the service, which becomes `iss` and `aud`. */
  readonly issuer: string
  /** The secret by which the service signs its tokens. */
  readonly secret: string
  /** What else the service puts into its tokens. */
  readonly claims?: Readonly<Record<string, string | number>>
  /** What claims may want to know of him. */
  readonly facts: Readonly<Record<string, unknown>>
}

/**
 * Signs somebody in with a token that is made as the service makes it (see {@link signToken}):
 * requests carry it in the header `authorization`, pages in the cookie `session`. A run has hundreds
 * of actors, and hashing a password for each takes long; claims about signing in use the door itself.
 */
export function signedIn(holder: TokenHolder): SignedIn {
  const { subject, issuer, secret, claims = {}, facts } = holder
  const token = signToken({ ...claims, sub: subject, iss: issuer, aud: issuer }, secret)
  return {
    headers: { authorization: `Bearer ${token}` },
    browser: { cookies: [{ name: 'session', value: token }] },
    facts,
  }
}
