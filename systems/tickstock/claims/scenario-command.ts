import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandResult, SystemHandle } from 'etalon'

/** The scenarios that the specification asks for. */
export const marketScenarios = [
  'crash_2020',
  'growth_2021',
  'volatility_periods',
  'trend_changes',
  'high_low_events',
] as const

/** All of them: there are two more for candlestick patterns. */
export const allScenarios = [...marketScenarios, 'candle_patterns', 'pattern_free'] as const

export interface Outcome {
  readonly name: string
  readonly declared: number
  readonly tolerance: number
  readonly measured: number
  readonly met: boolean
}

export interface Finding {
  readonly function: string
  readonly date: string
  readonly value: number
}

/** How a command ended. */
export interface Ended<Printed> extends CommandResult {
  /** What it printed as JSON; an empty list where it failed. */
  readonly printed: Printed
}

/** How a command is run otherwise than usual. */
export interface RunOptions {
  /** The folder for temporary files. */
  readonly temporary?: string
  readonly env?: Readonly<Record<string, string>>
  /** Of Node.js. */
  readonly flags?: readonly string[]
}

/** Runs one of the producer's commands. */
export async function tickstock<Printed>(
  system: SystemHandle,
  words: readonly string[],
  { temporary = tmpdir(), env = {}, flags = [] }: RunOptions = {},
): Promise<Ended<Printed>> {
  const ended = await system.run(
    ['node', ...flags, 'src/producer/cli.ts', ...words],
    ({ postgres, redis }) => ({
      DATABASE_URL: postgres.url('producer'),
      REDIS_URL: redis.url,
      TMPDIR: temporary,
      ...env,
    }),
  )
  const text = ended.stdout === '' ? '[]' : ended.stdout
  return { ...ended, printed: JSON.parse(text) as Printed }
}

/** Loads scenarios under a suffix of the claim's own, and gives the exit code. */
export async function loadAs(
  system: SystemHandle,
  suffix: string,
  ...words: readonly string[]
): Promise<number> {
  const { code } = await tickstock(system, ['scenario', 'load', ...words, '--suffix', suffix])
  return code
}

let loading: Promise<number> | undefined

/**
 * Loads every scenario with its known seed, once for all claims that only look at them, and gives
 * the exit code. Their suffix is `KNOWN`.
 */
export function loadKnown(system: SystemHandle): Promise<number> {
  return (loading ??= loadAs(system, knownSuffix))
}

export const knownSuffix = 'KNOWN'

export const symbolOf = (name: string, suffix: string): string =>
  `TEST_${name.toUpperCase()}_${suffix}`

/** Gives work a folder that is gone afterwards. */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'tickstock-claim-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
