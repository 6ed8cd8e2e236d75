import type { Client } from 'pg'
import type { Session } from '../session.ts'
import { differencesOf, type Difference } from './difference.ts'
import { readFingerprint, type Fingerprint, type FingerprintOptions } from './fingerprint.ts'
import { move, type MigrationSteps, type Move } from './steps.ts'
import {
  armWatch,
  hasStruck,
  installWatch,
  removeWatch,
  watchedCommands,
  type Strike,
  type WatchedCommand,
} from './watch.ts'

export interface FailureOptions extends FingerprintOptions {
  readonly steps: MigrationSteps
  /** Puts rows into the version that was just reached. */
  readonly seed?: (version: string) => Promise<unknown>
  /**
   * How many commands of each `up` and of each `down` are struck: the last one, and then such as
   * are drawn; 1 unless given.
   */
  readonly strikes?: number
}

/** One move that was made to fail. */
export interface StruckMove extends Move {
  readonly version: string
  /** The command after which it was struck, such as `CREATE INDEX`, and its number in the move. */
  readonly after: string
  readonly turn: number
  readonly strike: Strike
  /** What it left behind. */
  readonly trace: readonly Difference[]
}

/** What failing half-way showed. */
export interface Failures {
  readonly struck: readonly StruckMove[]
  /** Those that left something. */
  readonly traces: readonly StruckMove[]
  /** Those that the tool called a success although their database failed. */
  readonly unnoticed: readonly StruckMove[]
  /** Moves with no command that could be struck; about them nothing was shown. */
  readonly unstruck: readonly string[]
  /** Moves that failed although nothing was struck, such as the try after a failure. */
  readonly failed: readonly Move[]
}

/**
 * Makes every migration fail half-way, going up and going down: after one of its commands that
 * changed the schema, or after its entry in the ledger, the server raises an error or ends the
 * connection. What such a move leaves behind is compared with what was there before it. After
 * going up has failed it is done undisturbed, which a trace often prevents.
 */
export async function failHalfway(
  client: Client,
  session: Session,
  options: FailureOptions,
): Promise<Failures> {
  const failing = new Failing(client, session, options)
  try {
    await failing.run()
  } finally {
    await removeWatch(client)
  }
  return failing.result()
}

class Failing {
  readonly #client: Client
  readonly #session: Session
  readonly #options: FailureOptions
  readonly #struck: StruckMove[] = []
  readonly #unstruck: string[] = []
  readonly #failed: Move[] = []

  constructor(client: Client, session: Session, options: FailureOptions) {
    this.#client = client
    this.#session = session
    this.#options = options
  }

  async run(): Promise<void> {
    const { steps, seed, ledger } = this.#options
    if (!(await this.#move('down', undefined))) return
    let below: string | undefined
    for (const version of steps.versions) {
      this.#session.signal.throwIfAborted()
      // Anew for each version, because the first one may make the ledger.
      await installWatch(this.#client, ledger)
      // Once up and once down, to learn how many commands each of them has.
      const up = await this.#watched('up', version)
      const down = up && (await this.#watched('down', below))
      if (!down) return
      await this.#strike({ version, what: 'up', to: version }, up)
      if (!(await this.#move('up', version))) return
      await seed?.(version)
      await this.#strike({ version, what: 'down', to: below }, down)
      below = version
    }
  }

  result(): Failures {
    return {
      struck: this.#struck,
      traces: this.#struck.filter(({ trace }) => trace.length > 0),
      unnoticed: this.#struck.filter(({ problem }) => problem === undefined),
      unstruck: this.#unstruck,
      failed: this.#failed,
    }
  }

  async #watched(
    what: Move['what'],
    to: string | undefined,
  ): Promise<readonly WatchedCommand[] | undefined> {
    await armWatch(this.#client)
    if (!(await this.#move(what, to))) return undefined
    const commands = await watchedCommands(this.#client)
    // What follows the last entry in the ledger is not the migration any more.
    const last = commands.findLast((command) => command.what === 'ledger')?.at
    return last === undefined ? commands : commands.filter(({ at }) => at <= last)
  }

  async #strike(
    { version, what, to }: Pick<StruckMove, 'version' | 'what' | 'to'>,
    commands: readonly WatchedCommand[],
  ): Promise<void> {
    const { steps, strikes = 1 } = this.#options
    if (commands.length === 0) this.#unstruck.push(`${version} ${what}`)
    const random = this.#session.random.fork(`strike/${version}/${what}`)
    // After the last command there is most that could be left behind.
    const order = [...commands.slice(-1), ...random.shuffle(commands.slice(0, -1))]
    for (const { at: turn, what: after } of order.slice(0, strikes)) {
      const before = await this.#look()
      const strike = random.pick(['error', 'lost connection'] as const)
      await armWatch(this.#client, turn, strike)
      const done = await move(steps, what, to)
      const hasHit = await hasStruck(this.#client)
      await armWatch(this.#client)
      const trace = differencesOf(before, await this.#look())
      const struck: StruckMove = { ...done, version, after, turn, strike, trace }
      this.#session.evidence.record('migration-struck', { ...struck, hasHit })
      if (hasHit) this.#struck.push(struck)
      else this.#unstruck.push(`${version} ${what} after ${after} (${turn})`)
    }
  }

  /** A move that nothing disturbs; whether it succeeded. */
  async #move(what: Move['what'], to: string | undefined): Promise<boolean> {
    const done = await move(this.#options.steps, what, to)
    this.#session.evidence.record('migration', { ...done })
    if (done.problem !== undefined) this.#failed.push(done)
    return done.problem === undefined
  }

  #look(): Promise<Fingerprint> {
    return readFingerprint(this.#client, this.#options)
  }
}
