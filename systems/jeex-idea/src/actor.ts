import type { FastifyRequest } from 'fastify'
import { requestError } from 'service-kit'

/** Users own projects; operators look after the service and see no project but their own. */
export const roles = ['user', 'operator'] as const

export type Role = (typeof roles)[number]

/** Who asks for something. */
export interface Actor {
  /** A UUID. */
  readonly id: string
  readonly role: Role
  /** What ties together all that comes of one request; a UUID. */
  readonly correlationId: string
}

/** Declarations of who may call a route. */
export const access = {
  anyone: { access: 'public' },
  signedIn: { access: { roles } },
  operator: { access: { roles: ['operator'] } },
} as const

/** Who sent the request; for routes that are not public. */
export function actorOf(request: FastifyRequest): Actor {
  const { identity } = request
  if (identity === undefined) throw requestError('UNAUTHENTICATED')
  return { id: identity.subject, role: identity.role as Role, correlationId: request.id }
}
