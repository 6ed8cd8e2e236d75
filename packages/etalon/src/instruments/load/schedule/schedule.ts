/**
 * When a thread's next start is due. A ticket tells starts apart: of an open shape their number, of
 * a closed one `user + users × round`.
 */
export interface Schedule {
  /** When the next start is due; infinity while none is known. */
  readonly nextDueUs: number
  /** Takes the next start; gives its ticket. */
  take(): number
  /** Tells that a start has ended, so that its user may think and come again. */
  ended(ticket: number, nowUs: number): void
}

/** The time that a schedule covers, on the clock of the driver. */
export interface Span {
  readonly beginUs: number
  /** When the shape begins and what is due is measured. */
  readonly measuredFromUs: number
  readonly endUs: number
}
