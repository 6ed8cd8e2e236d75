import cookie from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requestError } from './errors.ts'

/** The cookie that carries a page's token. */
const sessionCookie = 'session'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Reads cookies, so that pages of the same origin need not keep a token where scripts see it. */
export async function readCookies(app: FastifyInstance): Promise<void> {
  await app.register(cookie)
}

/**
 * Gives the browser a session: its cookie is out of reach of scripts and is sent by pages of this
 * origin only.
 */
export function openSession(
  request: FastifyRequest,
  reply: FastifyReply,
  session: { readonly token: string; readonly lifetimeS: number },
): void {
  reply.setCookie(sessionCookie, session.token, {
    ...attributes(request),
    maxAge: session.lifetimeS,
  })
}

/**
 * Gives the browser that has a session another one, where the account's epoch was raised by what
 * it asked for; who has sent a token in a header signs in again.
 */
export function renewSession(
  request: FastifyRequest,
  reply: FastifyReply,
  session: { readonly token: string; readonly lifetimeS: number },
): void {
  if (request.headers.authorization === undefined) openSession(request, reply, session)
}

/** Takes the session away from the browser. */
export function closeSession(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(sessionCookie, attributes(request))
}

/** The token of a request's session, if it has one. */
export function sessionToken(request: FastifyRequest): string | undefined {
  return request.cookies[sessionCookie]
}

/**
 * Refuses a request that changes something and was not made by a page of this origin. A browser
 * says where a request comes from in `Sec-Fetch-Site` or, an older one, in `Origin`.
 *
 * @param silence what a request without either is taken for: with a session it must prove itself,
 * without one it is no browser's
 */
export function refuseCrossSite(request: FastifyRequest, silence: 'refused' | 'allowed'): void {
  if (safeMethods.has(request.method)) return
  const isOwn = comesFromHere(request)
  if (isOwn ?? silence === 'allowed') return
  throw requestError('CROSS_SITE_REFUSED')
}

/**
 * Refuses a lasting connection that a page of another origin asks for. Browsers let any page open
 * one, with the session's cookie, and always say in `Origin` which page it was. A token in a header
 * is not sent by a browser of its own accord.
 */
export function refuseForeignPage({ headers }: FastifyRequest): void {
  if (headers.authorization !== undefined) return
  if (headers.origin === undefined || !isOwnOrigin(headers.origin, headers.host)) {
    throw requestError('CROSS_SITE_REFUSED')
  }
}

function comesFromHere({ headers }: FastifyRequest): boolean | undefined {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  return headers.origin === undefined ? undefined : isOwnOrigin(headers.origin, headers.host)
}

function isOwnOrigin(origin: string, host: string | undefined): boolean {
  try {
    return new URL(origin).host === host
  } catch {
    // `Origin: null` comes from a page that has none.
    return false
  }
}

/** A caller who claims to be behind a secure proxy only makes his own cookie stricter. */
function attributes(request: FastifyRequest): {
  httpOnly: true
  sameSite: 'strict'
  path: '/'
  secure: boolean
} {
  const secure = request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https'
  return { httpOnly: true, sameSite: 'strict', path: '/', secure }
}
