import { monotonicMs } from '../../kernel/clock.ts'
import { messageOf } from '../../kernel/errors.ts'

/** How a command ended; a process that ends with 0 has done what it was asked. */
export interface CommandEnd {
  readonly code: number
  readonly stdout?: string
  readonly stderr?: string
}

/** A migration tool, whatever it is written in: its versions, and how it goes to one of them. */
export interface MigrationSteps {
  /** Names of the versions, the oldest first. */
  readonly versions: readonly string[]
  /** Runs what has not been run, up to and including this version. A rejection is a failure. */
  readonly up: (version: string) => Promise<CommandEnd | void>
  /** Undoes what is above this version; all of it when there is none. */
  readonly down: (version: string | undefined) => Promise<CommandEnd | void>
}

/** Something that was done to the schema. */
export interface Move {
  readonly what: 'up' | 'down'
  /** The version that was to be reached; `undefined` before the first. */
  readonly to: string | undefined
  readonly durationMs: number
  /** What the tool said of its failure; left out where it succeeded. */
  readonly problem?: string
}

/** Moves the schema; what the tool throws or ends with is what the move tells. */
export async function move(
  steps: MigrationSteps,
  what: Move['what'],
  to: string | undefined,
): Promise<Move> {
  const startedAtMs = monotonicMs()
  const problem = await problemOf(() => (what === 'up' ? steps.up(to as string) : steps.down(to)))
  const durationMs = Number((monotonicMs() - startedAtMs).toFixed(1))
  return { what, to, durationMs, ...(problem === undefined ? {} : { problem }) }
}

/** Runs a command and gives what it said of its failure; nothing where it succeeded. */
export async function problemOf(
  work: () => Promise<CommandEnd | void>,
): Promise<string | undefined> {
  try {
    const end = await work()
    if (!end || end.code === 0) return undefined
    return (end.stderr || end.stdout || `it ended with ${end.code}`).trim().slice(-1_500)
  } catch (error) {
    return messageOf(error)
  }
}
