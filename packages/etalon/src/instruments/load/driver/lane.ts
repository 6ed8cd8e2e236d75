/**
 * A user whose connection was refused or cut comes again after this; without a pause a system that
 * is down would be asked a hundred thousand times a second.
 */
export const reconnectPauseUs = 100_000

/** Does what a start asks for. */
export interface Lane {
  /** Begins a start that is due, now or as soon as it can. */
  begin(ticket: number, dueUs: number, nowUs: number): void
  /** Gives up what has taken too long. Called every few milliseconds. */
  sweep(nowUs: number): void
  /** Whether nothing is under way and nothing waits. */
  readonly idle: boolean
  close(): Promise<void> | void
}

/** What a lane tells when a start has ended; its user comes again no sooner than `freeAtUs`. */
export type StartEnded = (ticket: number, nowUs: number, freeAtUs: number) => void
