import { requirePositive, type ClosedShape, type ShapeSpec } from './shape.ts'
import type { ThinkTime } from './think-time.ts'

export interface ConstantUsers extends ShapeSpec {
  readonly kind: 'constant-users'
  readonly users: number
  readonly think: ThinkTime
}

/** A constant number of users, each waiting for an answer, thinking, and asking again. */
export function users(count: number, think: ThinkTime = { law: 'none' }): ConstantUsers {
  return { kind: 'constant-users', users: Math.ceil(requirePositive('users', count)), think }
}

export function constantUsersShape({ users, think }: ConstantUsers): ClosedShape {
  return {
    model: 'closed',
    usersMax: users,
    think,
    activeFromMs: () => 0,
    activeUntilMs: () => Number.POSITIVE_INFINITY,
  }
}
