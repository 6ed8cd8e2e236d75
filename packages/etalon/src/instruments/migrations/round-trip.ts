import type { Client } from 'pg'
import type { Session } from '../session.ts'
import { commonShape, readData, type Shape, type TableData } from './data.ts'
import {
  catalogueDifferences,
  dataDifferences,
  differencesOf,
  type Difference,
} from './difference.ts'
import { readFingerprint, type Fingerprint, type FingerprintOptions } from './fingerprint.ts'
import { move, type MigrationSteps, type Move } from './steps.ts'

export interface RoundTripOptions extends FingerprintOptions {
  readonly steps: MigrationSteps
  /** Puts rows into the version that was just reached, so that nothing is proven on empty tables. */
  readonly seed?: (version: string) => Promise<unknown>
}

/** A difference, and the move that made it. */
export interface MovedDifference extends Difference {
  readonly version: string
  /**
   * `down`: undoing does not lead back to what was there. `up again`: doing it a second time leads
   * elsewhere. `kept`: rows of columns that both versions know have changed.
   */
  readonly on: 'down' | 'up again' | 'kept going up' | 'down with data' | 'kept going down'
}

/** What a round trip through all versions showed. */
export interface RoundTrip {
  readonly moves: readonly Move[]
  /** Moves that the tool failed at; the trip ends with the first. */
  readonly failed: readonly Move[]
  readonly differences: readonly MovedDifference[]
  /** Versions whose `up` changed nothing: whether they can be undone was not shown. */
  readonly idle: readonly string[]
  /** Tables that never held a row when something was undone. */
  readonly empty: readonly string[]
}

/** Thrown to end a trip at a move that the tool failed at. */
class MoveFailed extends Error {}

/**
 * Goes through every version: up, down, up again, and then seeds it. From the newest version, full
 * of rows, it goes down step by step to nothing and all the way up again. After each move the whole
 * catalogue has to be the one that this version had before, and so have the rows of everything that
 * the version left and the version reached both know.
 */
export async function roundTrip(
  client: Client,
  session: Session,
  options: RoundTripOptions,
): Promise<RoundTrip> {
  const trip = new Trip(client, session, options)
  try {
    await trip.ascend()
    await trip.descend()
  } catch (error) {
    if (!(error instanceof MoveFailed)) throw error
  }
  return trip.result()
}

class Trip {
  readonly #client: Client
  readonly #session: Session
  readonly #options: RoundTripOptions
  readonly #moves: Move[] = []
  readonly #differences: MovedDifference[] = []
  readonly #idle: string[] = []
  readonly #filled = new Set<string>()
  /** As each version was when it was first reached; before the first one under `undefined`. */
  readonly #reached = new Map<string | undefined, Fingerprint>()

  constructor(client: Client, session: Session, options: RoundTripOptions) {
    this.#client = client
    this.#session = session
    this.#options = options
  }

  async ascend(): Promise<void> {
    await this.#move('down', undefined)
    let before = await this.#look()
    this.#reached.set(undefined, before)
    let below: string | undefined
    for (const version of this.#options.steps.versions) {
      this.#session.signal.throwIfAborted()
      const after = await this.#climb(version, below, before)
      this.#reached.set(version, after)
      await this.#options.seed?.(version)
      before = await this.#look()
      below = version
    }
  }

  /** Up, down and up again, over the rows of the versions below. */
  async #climb(
    version: string,
    below: string | undefined,
    before: Fingerprint,
  ): Promise<Fingerprint> {
    await this.#move('up', version)
    const after = await this.#look()
    if (after.digest === before.digest) this.#idle.push(version)
    await this.#move('down', below)
    this.#find(version, 'down', differencesOf(before, await this.#look()))
    const common = commonShape(before.shape, after.shape)
    const rows = await this.#rows(common)
    await this.#move('up', version)
    this.#find(version, 'up again', differencesOf(after, await this.#look()))
    this.#find(version, 'kept going up', dataDifferences(rows, await this.#rows(common)))
    return after
  }

  async descend(): Promise<void> {
    const { versions } = this.#options.steps
    for (const [at, version] of versions.toReversed().entries()) {
      this.#session.signal.throwIfAborted()
      const below = versions[versions.length - 2 - at]
      const here = await this.#look()
      for (const { table, rows } of here.data) if (rows > 0) this.#filled.add(table)
      const reached = this.#reached.get(below) as Fingerprint
      const common = commonShape(here.shape, reached.shape)
      const rows = await this.#rows(common)
      await this.#move('down', below)
      const { catalogue } = await this.#look()
      this.#find(version, 'down with data', catalogueDifferences(reached.catalogue, catalogue))
      this.#find(version, 'kept going down', dataDifferences(rows, await this.#rows(common)))
    }
    const newest = versions.at(-1)
    if (newest === undefined) return
    await this.#move('up', newest)
    const { catalogue } = this.#reached.get(newest) as Fingerprint
    const found = await this.#look()
    this.#find(newest, 'up again', catalogueDifferences(catalogue, found.catalogue))
  }

  result(): RoundTrip {
    const tables = [...this.#reached.values()].flatMap(({ data }) => data.map(({ table }) => table))
    return {
      moves: this.#moves,
      failed: this.#moves.filter(({ problem }) => problem !== undefined),
      differences: this.#differences,
      idle: this.#idle,
      empty: [...new Set(tables)].filter((table) => !this.#filled.has(table)),
    }
  }

  async #move(what: Move['what'], to: string | undefined): Promise<void> {
    const done = await move(this.#options.steps, what, to)
    this.#moves.push(done)
    this.#session.evidence.record('migration', { ...done })
    if (done.problem !== undefined) throw new MoveFailed(done.problem)
  }

  #find(version: string, on: MovedDifference['on'], found: readonly Difference[]): void {
    const differences = found.map((difference) => ({ version, on, ...difference }))
    this.#differences.push(...differences)
    this.#session.evidence.record('migration-compared', { version, on, differences })
  }

  #look(): Promise<Fingerprint> {
    return readFingerprint(this.#client, this.#options)
  }

  #rows(shape: Shape): Promise<TableData[]> {
    return readData(this.#client, shape, this.#options.counted)
  }
}
