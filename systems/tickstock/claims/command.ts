import type { CommandResult, SystemHandle } from 'etalon'

/** How one of the producer's commands ended, and what it printed. */
export interface Answered<Result> extends CommandResult {
  /** What it printed as JSON; nothing when it failed. */
  readonly result: Result
}

/** Runs one of the producer's commands with the producer's rights. */
export async function command<Result>(
  system: SystemHandle,
  ...words: readonly string[]
): Promise<Answered<Result>> {
  const ended = await system.run(['node', 'src/producer/cli.ts', ...words], ({ postgres }) => ({
    DATABASE_URL: postgres.url('producer'),
  }))
  const result = ended.stdout === '' ? undefined : (JSON.parse(ended.stdout) as unknown)
  return { ...ended, result: result as Result }
}
