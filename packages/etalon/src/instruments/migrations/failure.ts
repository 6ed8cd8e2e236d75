import type { Client } from 'pg'
import type { Session } from '../session.ts'
import { differencesOf, type Difference } from './difference.ts'
import { readFingerprint, type Fingerprint, type FingerprintOptions } from './fingerprint.ts'
import { move, type MigrationSteps, type Move } from './steps.ts'
import {
  armWatch,
  installWatch,
  removeWatch,
  struckTurn,
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

/** A move of one version, and where it begins. */
interface Target extends Pick<StruckMove, 'version' | 'what' | 'to'> {
  readonly from: string | undefined
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
      const up: Target = { version, what: 'up', to: version, from: below }
      if (!(await this.#fail(up)) || !(await this.#move('up', version))) return
      await seed?.(version)
      if (!(await this.#fail({ version, what: 'down', to: below, from: version }))) return
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

  /**
   * Makes a move fail, as often as there shall be strikes; whether all went well that was not
   * struck. The write to the ledger is a migration's last command, and is known without having seen
   * the others. Where it did not come last, or more commands shall be struck, the move is done once
   * to learn them.
   */
  async #fail(target: Target): Promise<boolean> {
    const { seed, strikes = 1 } = this.#options
    const { version, what, to, from } = target
    const commands = strikes === 1 ? await this.#strikeLast(target) : await this.#watched(what, to)
    if (commands === 'struck') return true
    if (!commands || !(await this.#move(what === 'up' ? 'down' : 'up', from))) return false
    // What was undone to be learnt took its rows along.
    if (what === 'down') await seed?.(version)
    if (commands.length === 0) this.#unstruck.push(`${version} ${what}`)
    const random = this.#session.random.fork(`order/${version}/${what}`)
    // After the last command there is most that could be left behind.
    const order = [...commands.slice(-1), ...random.shuffle(commands.slice(0, -1))]
    for (const { at, what: after } of order.slice(0, strikes)) {
      if (await this.#strike(target, at, after)) continue
      this.#unstruck.push(`${version} ${what} after ${after} (${at})`)
    }
    return true
  }

  /** Strikes the write to the ledger; where there is none to strike, what the move did instead. */
  async #strikeLast(target: Target): Promise<readonly WatchedCommand[] | 'struck' | undefined> {
    if (await this.#strike(target, 'ledger', 'ledger')) return 'struck'
    const commands = await this.#seen()
    await armWatch(this.#client)
    return this.#failed.length > 0 ? undefined : commands
  }

  async #watched(
    what: Move['what'],
    to: string | undefined,
  ): Promise<readonly WatchedCommand[] | undefined> {
    await armWatch(this.#client)
    return (await this.#move(what, to)) ? this.#seen() : undefined
  }

  /** What a move did since the watch was armed. */
  async #seen(): Promise<readonly WatchedCommand[]> {
    const commands = await watchedCommands(this.#client)
    // What follows the last entry in the ledger is not the migration any more.
    const last = commands.findLast((command) => command.what === 'ledger')?.at
    return last === undefined ? commands : commands.filter(({ at }) => at <= last)
  }

  /** Whether it hit; what it hit is kept. */
  async #strike(
    { version, what, to }: Target,
    at: number | 'ledger',
    after: string,
  ): Promise<boolean> {
    const before = await this.#look()
    const random = this.#session.random.fork(`strike/${version}/${what}/${at}`)
    const strike = random.pick(['error', 'lost connection'] as const)
    await armWatch(this.#client, at, strike)
    const done = await move(this.#options.steps, what, to)
    const turn = await struckTurn(this.#client)
    this.#session.evidence.record('migration-struck', { ...done, version, after, strike, turn })
    if (turn === undefined) {
      if (done.problem !== undefined) this.#failed.push(done)
      return false
    }
    await armWatch(this.#client)
    const trace = differencesOf(before, await this.#look())
    this.#struck.push({ ...done, version, after, turn, strike, trace })
    return true
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
