/** Starts that were due while no connection was free, first come first served. */
export class Backlog {
  #dueUs: number[] = []
  #tickets: number[] = []
  #first = 0

  get size(): number {
    return this.#dueUs.length - this.#first
  }

  /** When the first of them was due; infinity when there is none. */
  get firstDueUs(): number {
    return this.#dueUs[this.#first] ?? Number.POSITIVE_INFINITY
  }

  push(dueUs: number, ticket: number): void {
    this.#dueUs.push(dueUs)
    this.#tickets.push(ticket)
  }

  /** Takes the first one's ticket. */
  shift(): number {
    const ticket = this.#tickets[this.#first] as number
    this.#first += 1
    // Taken ones are let go of when they are the greater part, so that each is moved once at most.
    if (this.#first > 1_024 && this.#first * 2 > this.#dueUs.length) {
      this.#dueUs = this.#dueUs.slice(this.#first)
      this.#tickets = this.#tickets.slice(this.#first)
      this.#first = 0
    }
    return ticket
  }
}
