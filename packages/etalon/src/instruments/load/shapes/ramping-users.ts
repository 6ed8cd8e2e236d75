import { requirePositive, type ClosedShape, type ShapeSpec } from './shape.ts'
import type { ThinkTime } from './think-time.ts'

export interface RampingUsers extends ShapeSpec {
  readonly kind: 'ramping-users'
  readonly from: number
  readonly to: number
  readonly overMs: number
  readonly think: ThinkTime
}

/** Users who come, or go, evenly until there is another number of them. */
export function rampingUsers(
  from: number,
  to: number,
  overMs: number,
  think: ThinkTime = { law: 'none' },
): RampingUsers {
  return {
    kind: 'ramping-users',
    from: Math.ceil(requirePositive('rampingUsers from', from)),
    to: Math.ceil(requirePositive('rampingUsers to', to)),
    overMs: requirePositive('rampingUsers over', overMs),
    think,
  }
}

export function rampingUsersShape({ from, to, overMs, think }: RampingUsers): ClosedShape {
  const least = Math.min(from, to)
  const share = (user: number): number => (user + 1 - least) / Math.abs(to - from)
  return {
    model: 'closed',
    usersMax: Math.max(from, to),
    think,
    activeFromMs: (user) => (user < from ? 0 : overMs * share(user)),
    activeUntilMs: (user) => (user < to ? Number.POSITIVE_INFINITY : overMs * (1 - share(user))),
  }
}
