/** What was answered in the last seconds. */
export interface Answers {
  readonly answered: number
  /** Answers 500 and above, without refusals. */
  readonly failed: number
  /** Answers 503 for overload, which are no failure of the work that was taken on. */
  readonly refused: number
  readonly byStatus: Readonly<Record<string, number>>
  /** Users who have asked for something. */
  readonly users: number
}

interface Answer {
  readonly atMs: number
  readonly status: number
  readonly isRefusal: boolean
}

const answersMax = 200_000

/** Counts answers by status, and who they were for, over a sliding window. */
export class AnswerWindow {
  readonly #windowMs: number
  readonly #nowMs: () => number
  readonly #seenAtMs = new Map<string, number>()
  #answers: Answer[] = []

  constructor(windowMs: number, nowMs: () => number = () => performance.now()) {
    this.#windowMs = windowMs
    this.#nowMs = nowMs
  }

  add(status: number, isRefusal: boolean, user: string | undefined): void {
    const atMs = this.#nowMs()
    if (this.#answers.length >= answersMax) this.#forget(atMs)
    this.#answers.push({ atMs, status, isRefusal })
    if (user !== undefined) this.#seenAtMs.set(user, atMs)
  }

  /** Users who have asked for something in the window. */
  get users(): number {
    this.#forget(this.#nowMs())
    return this.#seenAtMs.size
  }

  get answers(): Answers {
    this.#forget(this.#nowMs())
    const byStatus: Record<string, number> = {}
    let [failed, refused] = [0, 0]
    for (const { status, isRefusal } of this.#answers) {
      byStatus[status] = (byStatus[status] ?? 0) + 1
      if (isRefusal) refused += 1
      else if (status >= 500) failed += 1
    }
    const users = this.#seenAtMs.size
    return { answered: this.#answers.length, failed, refused, byStatus, users }
  }

  #forget(nowMs: number): void {
    const since = nowMs - this.#windowMs
    const first = this.#answers.findIndex(({ atMs }) => atMs > since)
    if (first !== 0) this.#answers = first === -1 ? [] : this.#answers.slice(first)
    for (const [user, atMs] of this.#seenAtMs) if (atMs <= since) this.#seenAtMs.delete(user)
  }
}
