import type { FastifyRequest } from 'fastify'
import { requestError } from 'service-kit'
import { fail } from './error.ts'

export const roles = ['STUDENT', 'INSTRUCTOR', 'ADMIN'] as const

export type Role = (typeof roles)[number]

/** Who asks for something. */
export interface Actor {
  readonly id: number
  readonly role: Role
}

/** Declarations of who may call a route. */
export const access = {
  anyone: { access: 'public' },
  signedIn: { access: { roles } },
  staff: { access: { roles: ['INSTRUCTOR', 'ADMIN'] } },
  admin: { access: { roles: ['ADMIN'] } },
} as const

/** Who sent the request; for routes that are not public. */
export function actorOf(request: FastifyRequest): Actor {
  if (request.identity === undefined) throw requestError('UNAUTHENTICATED')
  return { id: Number(request.identity.subject), role: request.identity.role as Role }
}

/** A licence as far as rights go. */
export interface Owned {
  readonly user_id: number
  /** Whether the actor teaches a session of a semester in which the licence is enrolled. */
  readonly in_scope: boolean
}

/**
 * What an actor wants to do with a licence: `read` it; `hold` it, as its owner does who enrols and
 * pays; or `teach`, as an instructor does who grants and assesses, never for himself.
 */
export type Purpose = 'read' | 'hold' | 'teach'

/**
 * Gives the licence back if the actor may use it for the purpose. Throws `LFA_LICENSE_UNKNOWN`
 * when there is none and `LFA_LICENSE_FOREIGN` when it is somebody else's.
 */
export function allowed<Row extends Owned>(
  actor: Actor,
  row: Row | undefined,
  purpose: Purpose,
): Row {
  if (row === undefined) throw fail('LFA_LICENSE_UNKNOWN')
  if (actor.role === 'ADMIN') return row
  const isOwn = row.user_id === actor.id
  const teaches = actor.role === 'INSTRUCTOR' && row.in_scope
  const may = { read: isOwn || teaches, hold: isOwn, teach: teaches && !isOwn }
  if (!may[purpose]) throw fail('LFA_LICENSE_FOREIGN')
  return row
}
