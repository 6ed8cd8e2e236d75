/** Starts that were due while no connection was free, first come first served. */
export class Backlog {
  #dueUs: number[] = []
  #tickets: number[] = []
  #latenessUs: number[] = []
  #first = 0

  get size(): number {
    return this.#dueUs.length - this.#first
  }

  /** When the first of them was due; infinity when there is none. */
  get firstDueUs(): number {
    return this.#dueUs[this.#first] ?? Number.POSITIVE_INFINITY
  }

  /** How late the driver was to notice that the first of them was due. */
  get firstLatenessUs(): number {
    return this.#latenessUs[this.#first] ?? 0
  }

  push(dueUs: number, ticket: number, nowUs: number): void {
    this.#dueUs.push(dueUs)
    this.#tickets.push(ticket)
    this.#latenessUs.push(nowUs - dueUs)
  }

  /** Takes the first one's ticket. */
  shift(): number {
    const ticket = this.#tickets[this.#first] as number
    this.#first += 1
    // Taken ones are let go of when they are the greater part, so that each is moved once at most.
    if (this.#first > 1_024 && this.#first * 2 > this.#dueUs.length) {
      this.#dueUs = this.#dueUs.slice(this.#first)
      this.#tickets = this.#tickets.slice(this.#first)
      this.#latenessUs = this.#latenessUs.slice(this.#first)
      this.#first = 0
    }
    return ticket
  }
}
