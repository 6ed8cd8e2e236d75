import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startReaper } from '../environment/reaper.ts'
import type { ComparisonRecord } from '../evidence/comparison-record.ts'
import { takeFingerprint } from '../evidence/fingerprint.ts'
import { createRunDirectory, type RunDirectory } from '../evidence/run-directory.ts'
import { monotonicMs } from '../kernel/clock.ts'
import { EtalonError } from '../kernel/errors.ts'
import { freshSeed, random } from '../kernel/random.ts'
import type { CataloguedClaim } from './catalogue.ts'
import { findBase, startSide, type RunningSide } from './comparison-side.ts'
import { runRound } from './comparison-round.ts'
import { judgeComparison, type RoundOutcome } from './judge-comparison.ts'
import { prepareSystems, type PreparedSystem } from './prepare.ts'

/** What two revisions of a system shall be compared in. */
export interface CompareOptions {
  /** Folder with the system's `etalon.config.ts`, or with `systems/*`. */
  readonly directory: string
  readonly system: string
  /** A revision of the repository, or a folder that holds another copy of it. */
  readonly base: string
  /** Claims to run; all quiet ones unless given. */
  readonly only: readonly string[]
  readonly rounds: number
  /** Share by which a figure may be worse. */
  readonly tolerance: number
  readonly seed?: string
  /** Folder of comparisons; `.etalon/comparisons` unless given. */
  readonly out?: string
  readonly command: string
  readonly version: string
  readonly signal: AbortSignal
}

/** Told as a comparison goes on. */
export interface CompareWatcher {
  step(text: string): void
  /** After every round, so that an interrupted comparison still tells what it found. */
  recorded(record: ComparisonRecord, directory: RunDirectory): void
}

/**
 * Compares the working tree with another revision: in every round each claim runs on both, one right
 * after the other in an order that is drawn, each time on a fresh instance. The claims and all that
 * measures are the working tree's on both sides.
 *
 * @throws EtalonError when it cannot start
 */
export async function compareRevisions(
  options: CompareOptions,
  watcher: CompareWatcher,
): Promise<ComparisonRecord> {
  const prepared = await prepareOne(options)
  const claims = measuringClaims(prepared, options)
  const seed = options.seed ?? freshSeed()
  const directory = openDirectory(options, seed)
  const reaper = await startReaper()
  const sides: RunningSide[] = []
  const outcomes: RoundOutcome[] = []
  const logs = join(directory.path, 'logs')
  try {
    watcher.step(`taking ${options.base}`)
    const base = await findBase({
      directory: options.directory,
      system: prepared.system,
      given: options.base,
      into: join(reaper.lease.directory, 'base'),
    })
    const record = recordOf(options, prepared, { seed, commit: base.commit, directory, outcomes })
    const save = (state: ComparisonRecord['state'], roundsDone: number): ComparisonRecord => {
      const now = record(state, roundsDone)
      directory.write('compare.json', `${JSON.stringify(now, undefined, 1)}\n`)
      watcher.recorded(now, directory)
      return now
    }
    let done = 0
    const runRounds = async (): Promise<void> => {
      for (const [side, system] of [
        ['subject', prepared.system],
        ['base', base.system],
      ] as const) {
        const facts = { logs, onProgress: (step: string) => watcher.step(step) }
        sides.push(await startSide(side, system, facts))
      }
      const draw = random(`${seed}/order`)
      for (let round = 1; round <= options.rounds; round += 1) {
        if (options.signal.aborted) return
        watcher.step(`round ${round} of ${options.rounds}`)
        const facts = { round, draw, sides, claims, seed, directory, signal: options.signal }
        const found = await runRound(prepared, facts)
        if (options.signal.aborted) return
        outcomes.push(...found)
        done = round
        save('running', done)
      }
    }
    await runRounds().catch((error: unknown) => {
      // Ctrl-C reaches what a terminal runs for Etalon too: what fails then, fails of that.
      if (!options.signal.aborted) throw error
    })
    return save(done === options.rounds ? 'finished' : 'interrupted', done)
  } finally {
    await Promise.allSettled(sides.map(({ environment }) => environment.stop()))
    await reaper.release()
  }
}

async function prepareOne(options: CompareOptions): Promise<PreparedSystem> {
  const { directory, system, only } = options
  const { systems } = await prepareSystems({ directory, systems: [system], only })
  return systems[0] as PreparedSystem
}

function measuringClaims(
  { selected, system }: PreparedSystem,
  { only }: CompareOptions,
): readonly CataloguedClaim[] {
  const claims =
    only.length > 0 ? selected : selected.filter(({ isolation }) => isolation === 'quiet')
  if (claims.length > 0) return claims
  const problem = `${system.config.name} has no quiet claim: name others with --only`
  throw new EtalonError('ETALON_CLI_USAGE', { problem, command: 'compare' })
}

function openDirectory(options: CompareOptions, seed: string): RunDirectory {
  const root = options.out ?? join(options.directory, '.etalon', 'comparisons')
  mkdirSync(root, { recursive: true })
  const now = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  return createRunDirectory(root, `${now}-${seed}-${process.pid}`, 'compare.json')
}

/** Makes the record as far as the rounds have come. */
function recordOf(
  options: CompareOptions,
  { system }: PreparedSystem,
  facts: {
    readonly seed: string
    readonly commit: string
    readonly directory: RunDirectory
    readonly outcomes: readonly RoundOutcome[]
  },
): (state: ComparisonRecord['state'], roundsDone: number) => ComparisonRecord {
  const startedAtMs = monotonicMs()
  const begun = {
    schema: 1,
    id: facts.directory.path.split('/').at(-1) ?? '',
    seed: facts.seed,
    command: options.command,
    startedAt: new Date().toISOString(),
    etalonVersion: options.version,
    fingerprint: takeFingerprint(options.directory),
    system: { name: system.config.name, title: system.config.title },
    base: { given: options.base, commit: facts.commit },
    roundsPlanned: options.rounds,
    tolerance: options.tolerance,
  } as const
  return (state, roundsDone) => ({
    ...begun,
    state,
    roundsDone,
    durationMs: Math.round(monotonicMs() - startedAtMs),
    ...judgeComparison(facts.outcomes, options.tolerance),
  })
}
