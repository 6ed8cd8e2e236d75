import { fail } from '../error.ts'

/**
 * The connection that is kept out of the pool, for long work of a role that sees every row. One
 * piece of work has it at a time and the next one waits, so that the process keeps to its bounds.
 */
export class SpareConnection {
  readonly #url: string | undefined
  readonly #names: string[] = []
  #last: Promise<unknown> = Promise.resolve()

  constructor(url: string | undefined) {
    this.#url = url
  }

  /** Whether work of this name is being done, or waits. */
  isUsedBy(name: string): boolean {
    return this.#names.includes(name)
  }

  /**
   * Does work that connects once to the URL it is given, and has ended that connection when it
   * returns. Throws `JEEX_BACKUP_UNCONFIGURED` where there is no URL.
   */
  async use<Result>(name: string, work: (url: string) => Promise<Result>): Promise<Result> {
    const url = this.#url
    if (url === undefined) throw fail('JEEX_BACKUP_UNCONFIGURED')
    const working = this.#last.then(() => work(url))
    this.#last = working.catch(() => undefined)
    this.#names.push(name)
    try {
      return await working
    } finally {
      this.#names.splice(this.#names.indexOf(name), 1)
    }
  }
}
