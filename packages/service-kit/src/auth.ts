import jwt from '@fastify/jwt'
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { requestError } from './errors.ts'
import { readCookies, refuseCrossSite, sessionToken } from './session.ts'

/** Who may call a route: anyone, or who is signed in with one of these roles. */
export type Access = 'public' | { readonly roles: readonly [string, ...string[]] }

/** Who sends a request. */
export interface Identity {
  /** The user's id, as text. */
  readonly subject: string
  readonly role: string
}

/** Options of {@link authenticate}. */
export interface AuthOptions {
  /** At least 32 characters. */
  readonly secret: string
  /** Name of the service; tokens of another service are not accepted. */
  readonly issuer: string
  readonly tokenLifetimeS: number
  /**
   * The role that a subject has now, or `undefined` when its account is gone or closed. Asked on
   * every request, so it should remember its answers for a moment.
   */
  readonly findRole: (subject: string) => Promise<string | undefined> | string | undefined
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
    /** Gives a token for a subject; valid for the configured lifetime. */
    issueToken(identity: Identity): string
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
      requiredClaims: ['sub', 'iss', 'aud', 'exp', 'iat'],
    },
  })
  app.decorate('issueToken', ({ subject, role }: Identity) => app.jwt.sign({ sub: subject, role }))
  app.decorateRequest('identity', undefined)
  requireDeclaredAccess(app)
  await readCookies(app)
  const subjectOf = tokenReader(app)
  const identify = async (request: FastifyRequest): Promise<Identity | undefined> => {
    const subject = subjectOf(request)
    if (subject === undefined) return undefined
    const role = await options.findRole(subject)
    return role === undefined ? undefined : { subject, role }
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
  readonly sub: unknown
  /** Seconds since 1970. */
  readonly exp: number
}

const knownTokensMax = 10_000

/**
 * Reads the subject of a request's token, which comes in a header or in a session. A token whose signature was checked is remembered until
 * it expires, since its caller will send it with every request.
 */
function tokenReader(app: FastifyInstance): (request: FastifyRequest) => string | undefined {
  const known = new Map<string, Claims>()
  const claimsOf = (token: string): Claims => {
    const claims = app.jwt.verify<Claims>(token)
    if (known.size >= knownTokensMax) known.clear()
    known.set(token, claims)
    return claims
  }
  const subjectOf = (token: string): string | undefined => {
    try {
      const { sub, exp } = known.get(token) ?? claimsOf(token)
      return typeof sub === 'string' && exp * 1_000 > Date.now() ? sub : undefined
    } catch {
      // Whatever is wrong with a token, its sender is nobody.
      return undefined
    }
  }
  return (request) => {
    const header = request.headers.authorization
    if (header !== undefined) {
      return /^bearer /i.test(header) ? subjectOf(header.slice('bearer '.length).trim()) : undefined
    }
    const token = sessionToken(request)
    const subject = token === undefined ? undefined : subjectOf(token)
    // A browser sends its cookies whoever makes it send the request.
    if (subject !== undefined) refuseCrossSite(request, 'refused')
    return subject
  }
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
