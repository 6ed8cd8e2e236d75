import { readdirSync } from 'node:fs'
import type { MigrationSteps } from '../instruments/migrations/index.ts'
import type { CommandEnv, CommandResult, SystemHandle } from './system-handle.ts'

/** Migrations that tell how their command ended. */
export interface NumberedMigrations extends MigrationSteps {
  readonly up: (version: string) => Promise<CommandResult>
  readonly down: (version: string | undefined) => Promise<CommandResult>
}

/** How a system is told to go to one of its versions. */
export interface MigrationCommand {
  /** Folder with one file a version, in the order of their names. */
  readonly directory: URL
  /** @param to number of a version, from 1; 0 is before the first */
  readonly command: (direction: 'up' | 'down', to: string) => readonly [string, ...string[]]
  readonly env: CommandEnv
}

/** A system's migrations by their numbers from 1, as its own command runs them. */
export function numberedMigrations(
  system: Pick<SystemHandle, 'run'>,
  { directory, command, env }: MigrationCommand,
): NumberedMigrations {
  return {
    versions: readdirSync(directory).map((_name, at) => String(at + 1)),
    up: (to) => system.run(command('up', to), env),
    down: (to = '0') => system.run(command('down', to), env),
  }
}
