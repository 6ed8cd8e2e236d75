import type { ThinkTime } from './think-time.ts'

/** How load arrives, as plain data: it is sent to the process of the driver. */
export interface ShapeSpec {
  readonly kind: string
}

/**
 * Starts that come by themselves, whether or not earlier ones were answered: visitors, devices,
 * messages. One question: when is a start due?
 */
export interface OpenShape {
  readonly model: 'open'
  /** The rate before the shape begins, during warm-up. */
  readonly initialRateHz: number
  /** When the start with this number, from 0, is due, in milliseconds from the beginning. */
  dueAtMs(start: number): number
}

/**
 * A number of users, each of whom waits for an answer before the next request: a staff, a pool of
 * workers. One question: from when until when is a user there?
 */
export interface ClosedShape {
  readonly model: 'closed'
  readonly usersMax: number
  readonly think: ThinkTime
  /** When the user with this number, from 0, comes; 0 for those there from the beginning. */
  activeFromMs(user: number): number
  /** When the user goes; infinity for those who stay. */
  activeUntilMs(user: number): number
}

export type Shape = OpenShape | ClosedShape

/** A number that must be above zero. @throws RangeError */
export function requirePositive(name: string, value: number): number {
  if (value > 0 && Number.isFinite(value)) return value
  throw new RangeError(`${name}: expected a number above zero, found ${value}`)
}
