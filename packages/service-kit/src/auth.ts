import jwt from '@fastify/jwt'
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { requestError } from './errors.ts'
import { readCookies, refuseCrossSite, sessionToken } from './session.ts'

/** Who may call a route: anyone, or who is signed in with one of these roles. */
export type Access = 'public' | { readonly roles: readonly [string, ...string[]] }

/** What an account is at this moment. */
export interface Account {
  readonly role: string
  /** Raised to end every token that was given before; counts from 0. */
  readonly epoch: number
}

/** Gives the account of a subject, or `undefined` when it is gone or closed. */
export type FindAccount = (
  subject: string,
  /** A lower epoch is known to be over: it is not to be told from memory. */
  epochMin: number,
) => Promise<Account | undefined> | Account | undefined

/** Who has signed in, as a token is to say. */
export interface SignedIn extends Account {
  /** The user's id, as text. */
  readonly subject: string
}

/** Who sends a request. */
export interface Identity extends SignedIn {
  /** When he signed in, seconds since 1970; a token that was given for another keeps it. */
  readonly signedInAtS: number
}

/** Options of {@link authenticate}. */
export interface AuthOptions {
  /** At least 32 characters. */
  readonly secret: string
  /** Name of the service; tokens of another service are not accepted. */
  readonly issuer: string
  readonly tokenLifetimeS: number
  /** Asked on every request, so it should remember its answers for a moment. */
  readonly findAccount: FindAccount
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Required on every route; the app does not start without it. */
    access?: Access
  }
  interface FastifyRequest {
    /** Present on every route that is not public. */
    identity: Identity | undefined
  }
  interface FastifyInstance {
    /**
     * Gives a token for a subject; valid for the configured lifetime, and no longer than the
     * account's epoch. Who has just signed in has no time of it yet.
     */
    issueToken(holder: SignedIn | Identity): string
    /** Who sends a request to a public route, which is not asked otherwise. */
    identify(request: FastifyRequest): Promise<Identity | undefined>
  }
}

/**
 * Guards every route by what it declares. Identity is settled first, so that rate limits count by
 * user; whether the route is allowed is decided after them and before the body is read. A route
 * that declares nothing makes `app.ready()` fail.
 */
export async function authenticate(app: FastifyInstance, options: AuthOptions): Promise<void> {
  await app.register(jwt, {
    secret: options.secret,
    sign: {
      algorithm: 'HS256',
      iss: options.issuer,
      aud: options.issuer,
      expiresIn: options.tokenLifetimeS * 1_000,
    },
    verify: {
      algorithms: ['HS256'],
      allowedIss: options.issuer,
      allowedAud: options.issuer,
      requiredClaims: ['sub', 'iss', 'aud', 'exp', 'iat', 'epoch', 'auth_time'],
    },
  })
  app.decorate('issueToken', (holder: SignedIn | Identity) => {
    const { subject: sub, role, epoch } = holder
    const signedInAtS = 'signedInAtS' in holder ? holder.signedInAtS : nowS()
    return app.jwt.sign({ sub, role, epoch, auth_time: signedInAtS })
  })
  app.decorateRequest('identity', undefined)
  requireDeclaredAccess(app)
  await readCookies(app)
  const claimsOf = tokenReader(app)
  const identify = async (request: FastifyRequest): Promise<Identity | undefined> => {
    const claims = claimsOf(request)
    if (claims === undefined) return undefined
    const { sub: subject, epoch, auth_time: signedInAtS } = claims
    const account = await options.findAccount(subject, epoch)
    if (account?.epoch !== epoch) return undefined
    return { subject, role: account.role, epoch, signedInAtS }
  }
  app.decorate('identify', identify)

  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access
    if (access === undefined || access === 'public') return
    request.identity = await identify(request)
  })

  app.addHook('preParsing', async (request) => {
    if (request.is404) return
    const access = request.routeOptions.config.access
    if (access === 'public') return
    if (request.identity === undefined) throw requestError('UNAUTHENTICATED')
    if (!access?.roles.includes(request.identity.role)) throw requestError('FORBIDDEN')
  })
}

interface Claims {
  readonly sub: string
  readonly epoch: number
  /** Both in seconds since 1970. */
  readonly exp: number
  readonly auth_time: number
}

const knownTokensMax = 10_000

/**
 * Reads what a request's token says, which comes in a header or in a session. A token whose
 * signature was checked is remembered until it expires, since its caller will send it with every
 * request.
 */
function tokenReader(app: FastifyInstance): (request: FastifyRequest) => Claims | undefined {
  const known = new Map<string, Claims>()
  const verified = (token: string): Claims => {
    const claims = app.jwt.verify<Claims>(token)
    if (known.size >= knownTokensMax) known.clear()
    known.set(token, claims)
    return claims
  }
  const claimsOf = (token: string): Claims | undefined => {
    try {
      const claims = known.get(token) ?? verified(token)
      return typeof claims.sub === 'string' && claims.exp > nowS() ? claims : undefined
    } catch {
      // Whatever is wrong with a token, its sender is nobody.
      return undefined
    }
  }
  return (request) => {
    const header = request.headers.authorization
    if (header !== undefined) {
      return /^bearer /i.test(header) ? claimsOf(header.slice('bearer '.length).trim()) : undefined
    }
    const token = sessionToken(request)
    const claims = token === undefined ? undefined : claimsOf(token)
    // A browser sends its cookies whoever makes it send the request.
    if (claims !== undefined) refuseCrossSite(request, 'refused')
    return claims
  }
}

function nowS(): number {
  return Math.floor(Date.now() / 1_000)
}

/** Looked at when the app is ready, since a hook of an inner scope may add the declaration late. */
function requireDeclaredAccess(app: FastifyInstance): void {
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => {
    routes.push(route)
  })
  app.addHook('onReady', (done) => {
    const undeclared = routes.filter((route) => route.config?.access === undefined)
    const names = undeclared.map((route) => `${String(route.method)} ${route.url}`)
    done(names.length === 0 ? undefined : new Error(`No config.access on ${names.join(', ')}`))
  })
}
