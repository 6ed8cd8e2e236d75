/** Tickets by the time they are due: a binary heap in two arrays, so that nothing is allocated. */
export class DueQueue {
  readonly #dueUs: number[] = []
  readonly #tickets: number[] = []

  get nextDueUs(): number {
    return this.#dueUs[0] ?? Number.POSITIVE_INFINITY
  }

  push(dueUs: number, ticket: number): void {
    let at = this.#dueUs.length
    this.#dueUs.push(dueUs)
    this.#tickets.push(ticket)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if ((this.#dueUs[parent] as number) <= dueUs) break
      this.#move(parent, at)
      at = parent
    }
    this.#dueUs[at] = dueUs
    this.#tickets[at] = ticket
  }

  /** Takes the ticket that is due first. @throws RangeError when there is none */
  pop(): number {
    const first = this.#tickets[0]
    if (first === undefined) throw new RangeError('expected a ticket, found none')
    const dueUs = this.#dueUs.pop() as number
    const ticket = this.#tickets.pop() as number
    const size = this.#dueUs.length
    if (size === 0) return first
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && (this.#dueUs[child + 1] as number) < (this.#dueUs[child] as number)) {
        child += 1
      }
      if ((this.#dueUs[child] as number) >= dueUs) break
      this.#move(child, at)
      at = child
    }
    this.#dueUs[at] = dueUs
    this.#tickets[at] = ticket
    return first
  }

  #move(from: number, to: number): void {
    this.#dueUs[to] = this.#dueUs[from] as number
    this.#tickets[to] = this.#tickets[from] as number
  }
}
