import type { Client } from 'pg'
import { monotonicMs } from '../../kernel/clock.ts'
import { messageOf } from '../../kernel/errors.ts'
import type { Session } from '../session.ts'
import { problemOf, type CommandEnd } from './steps.ts'
import {
  armWatch,
  installWatch,
  removeWatch,
  watchedCommands,
  type WatchedCommand,
} from './watch.ts'

export interface TrafficOptions {
  /** The migration that is watched. */
  readonly run: () => Promise<CommandEnd | void>
  /** One piece of work of the service, such as a request or a statement; a rejection is a failure. */
  readonly write: (caller: number) => Promise<unknown>
  /** Callers at once, each doing one piece of work after another; 4 unless given. */
  readonly callers?: number
  /** Pieces of work to do before the migration begins and after it has ended; 50 unless given. */
  readonly calmWrites?: number
  readonly ledger?: string
}

/** A lock that the migration held on something that was there before it. */
export interface HeldLock {
  readonly relation: string
  /** As PostgreSQL names it, such as `AccessExclusiveLock`. */
  readonly mode: string
  readonly blocks: 'readers and writers' | 'writers' | 'neither'
  /** From when the command that took it began, so with the wait for it, to the commit. */
  readonly heldMs: number
}

/** Work that was done beside a migration. */
export interface Work {
  readonly writes: number
  /** NaN where there was none. */
  readonly longestMs: number
  readonly failures: readonly string[]
}

/** What a migration did to the traffic beside it. */
export interface Traffic {
  /** What the tool said of its failure; left out where it succeeded. */
  readonly problem?: string
  readonly durationMs: number
  readonly locks: readonly HeldLock[]
  /** Before and after the migration. */
  readonly calm: Work
  /** Work of which some part fell into the migration. */
  readonly during: Work
}

interface Piece {
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly problem?: string
}

/**
 * Runs a migration while callers work, and tells which locks it held for how long and how long the
 * callers waited. Locks are read inside the server at the end of each command that changes the
 * schema and at the entry in the ledger, so short ones are seen too; a lock that is taken and given
 * back within one command, or in a transaction without such a command, is not.
 */
export async function underTraffic(
  client: Client,
  session: Session,
  options: TrafficOptions,
): Promise<Traffic> {
  await installWatch(client, options.ledger)
  try {
    const known = await relationNames(client)
    await armWatch(client)
    const { pieces, startedAtMs, endedAtMs, problem } = await workBeside(session, options)
    const fell = pieces.filter(
      (piece) => piece.endedAtMs > startedAtMs && piece.startedAtMs < endedAtMs,
    )
    const traffic: Traffic = {
      ...(problem === undefined ? {} : { problem }),
      durationMs: endedAtMs - startedAtMs,
      locks: locksOf(await watchedCommands(client), known),
      calm: workOf(pieces.filter((piece) => !fell.includes(piece))),
      during: workOf(fell),
    }
    session.evidence.record('migration-under-traffic', { ...traffic })
    return traffic
  } finally {
    await removeWatch(client)
  }
}

/** Has callers work before, during and after the migration. */
async function workBeside(
  session: Session,
  { run, write, callers = 4, calmWrites = 50 }: TrafficOptions,
): Promise<{
  readonly pieces: readonly Piece[]
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly problem: string | undefined
}> {
  const pieces: Piece[] = []
  const begun = Promise.withResolvers<void>()
  const state = { calmLeft: calmWrites, isOver: false }
  const working = Promise.all(
    Array.from({ length: callers }, async (_none, caller) => {
      while (!state.isOver || state.calmLeft > 0) {
        session.signal.throwIfAborted()
        pieces.push(await pieceOf(() => write(caller)))
        state.calmLeft -= 1
        if (state.calmLeft <= 0) begun.resolve()
      }
    }),
  )
  await Promise.race([begun.promise, working])
  const startedAtMs = monotonicMs()
  const problem = await problemOf(run)
  const endedAtMs = monotonicMs()
  state.calmLeft = calmWrites
  state.isOver = true
  await working
  return { pieces, startedAtMs, endedAtMs, problem }
}

/** Names by id of what can be read or written. */
async function relationNames(client: Client): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ id: string; name: string }>(
    `select c.oid::bigint::text as id, c.oid::regclass::text as name from pg_class c
     where c.relkind in ('r', 'p', 'm') and c.oid >= 16384`,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

async function pieceOf(write: () => Promise<unknown>): Promise<Piece> {
  const startedAtMs = monotonicMs()
  try {
    await write()
    return { startedAtMs, endedAtMs: monotonicMs() }
  } catch (error) {
    return { startedAtMs, endedAtMs: monotonicMs(), problem: messageOf(error) }
  }
}

function workOf(pieces: readonly Piece[]): Work {
  const durations = pieces.map(({ startedAtMs, endedAtMs }) => endedAtMs - startedAtMs)
  return {
    writes: pieces.length,
    longestMs: durations.length === 0 ? Number.NaN : Math.max(...durations),
    failures: pieces.flatMap(({ problem }) => problem ?? []),
  }
}

/** The longest time for which each lock on a known relation was held. */
function locksOf(
  commands: readonly WatchedCommand[],
  known: ReadonlyMap<string, string>,
): HeldLock[] {
  const held = new Map<string, HeldLock>()
  for (const transaction of Map.groupBy(commands, (command) => command.transaction).values()) {
    const since = new Map<string, number>()
    for (const { startedAtMs, committedAtMs, locks } of transaction) {
      for (const { relation, mode } of locks) {
        const name = known.get(relation)
        if (name === undefined) continue
        const key = `${name} ${mode}`
        since.set(key, Math.min(since.get(key) ?? startedAtMs, startedAtMs))
        const heldMs = committedAtMs - (since.get(key) as number)
        if (heldMs < (held.get(key)?.heldMs ?? 0)) continue
        held.set(key, { relation: name, mode, blocks: blockedBy(mode), heldMs })
      }
    }
  }
  return [...held.values()]
}

/** Whom a lock keeps waiting (PostgreSQL 18, table 13.2: conflicting lock modes). */
function blockedBy(mode: string): HeldLock['blocks'] {
  if (mode === 'AccessExclusiveLock') return 'readers and writers'
  return mode === 'ShareUpdateExclusiveLock' ? 'neither' : 'writers'
}
