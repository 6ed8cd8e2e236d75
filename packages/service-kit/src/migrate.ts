import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runner, type RunnerOption } from 'node-pg-migrate'
import { Client } from 'pg'
import { usageExitCode } from './exit-code.ts'
import type { JobInstallation } from './jobs.ts'

/** Where migrations are and what they change. */
export interface MigrationOptions {
  /** Connection of the role that owns the schema. */
  readonly databaseUrl: string
  /** Folder of files named `NNNN-verb-noun.sql`, each with an up and a down part. */
  readonly directory: string
  /** The schema of the job engine is there as long as the table `job_schedules` is. */
  readonly jobs?: JobInstallation | undefined
}

/** One migration file, and when it was run. */
export interface MigrationState {
  readonly number: number
  readonly name: string
  readonly runAt: Date | undefined
}

const table = 'schema_migrations'
const fileName = /^(\d{4})-[a-z0-9-]+\.sql$/

/** Runs what has not been run, up to and including number `to`. Gives the names of what it ran. */
export async function migrateUp(options: MigrationOptions, to = 9_999): Promise<string[]> {
  const states = await migrationStatus(options)
  const pending = states.filter((state) => state.runAt === undefined && state.number <= to)
  return run(options, 'up', pending.length)
}

/** Undoes, newest first, everything above number `to`. Gives the names of what it undid. */
export async function migrateDown(options: MigrationOptions, to: number): Promise<string[]> {
  const states = await migrationStatus(options)
  const done = states.filter((state) => state.runAt !== undefined && state.number > to)
  return run(options, 'down', done.length)
}

/** Every migration file in order. */
export async function migrationStatus(options: MigrationOptions): Promise<MigrationState[]> {
  const files = (await readdir(options.directory)).filter((name) => fileName.test(name)).sort()
  const runs = await readRuns(options.databaseUrl)
  return files.map((file) => {
    const name = file.slice(0, -'.sql'.length)
    return { number: Number(file.slice(0, 4)), name, runAt: runs.get(name) }
  })
}

/**
 * {@link runMigrateCommand} with the arguments of this process, on the database of
 * `MIGRATE_DATABASE_URL`; sets the exit code.
 *
 * @param directory folder of the migrations
 */
export async function runMigrations(directory: URL, jobs?: JobInstallation): Promise<void> {
  const databaseUrl = await ownerUrl()
  process.exitCode = await runMigrateCommand(
    process.argv.slice(2),
    { databaseUrl, directory: fileURLToPath(directory), jobs },
    (line) => process.stdout.write(`${line}\n`),
  )
}

/**
 * The owner's URL. What checks the environment of services and says what is wrong with it takes a
 * third of the whole start of this command, so it is loaded where there is something to be said.
 */
async function ownerUrl(): Promise<string> {
  const given = process.env['MIGRATE_DATABASE_URL'] ?? ''
  if (URL.canParse(given) && /^postgres(ql)?:$/.test(new URL(given).protocol)) return given
  const { loadConfig, ownerEnvironment } = await import('./config.ts')
  return loadConfig(ownerEnvironment).MIGRATE_DATABASE_URL
}

/**
 * The command `up [--to N] | down [--to N] | status`; `down` without a number undoes the newest
 * one. Gives the exit code.
 */
export async function runMigrateCommand(
  args: readonly string[],
  options: MigrationOptions,
  print: (line: string) => void,
): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    options: { to: { type: 'string' } },
    allowPositionals: true,
  })
  const to = values.to === undefined ? undefined : Number(values.to)
  const command = positionals[0] ?? ''
  if (to !== undefined && !Number.isInteger(to)) return usage(print)
  switch (command) {
    case 'up':
      printRuns('up', await migrateUp(options, to), print)
      await followWithJobs(options)
      return 0
    case 'down':
      printRuns('down', await migrateDown(options, to ?? (await newest(options)) - 1), print)
      await followWithJobs(options)
      return 0
    case 'status':
      for (const { name, runAt } of await migrationStatus(options)) {
        print(`${name}  ${runAt === undefined ? 'pending' : runAt.toISOString()}`)
      }
      return 0
    default:
      return usage(print)
  }
}

/** Whichever way a version is reached, the job engine is there in it or it is not. */
async function followWithJobs({ databaseUrl, jobs }: MigrationOptions): Promise<void> {
  if (jobs === undefined) return
  // The engine is dear to load, and two of the systems have no jobs.
  const { installJobs, uninstallJobs } = await import('./jobs.ts')
  if (await hasTable(databaseUrl, 'job_schedules')) await installJobs(databaseUrl, jobs)
  else await uninstallJobs(databaseUrl)
}

function printRuns(command: string, names: readonly string[], print: (line: string) => void): void {
  for (const name of names) print(`${command.padEnd(5)} ${name}`)
  if (names.length === 0) print('nothing to do')
}

function usage(print: (line: string) => void): number {
  print('usage: migrate up [--to N] | down [--to N] | status')
  return usageExitCode
}

async function newest(options: MigrationOptions): Promise<number> {
  const states = await migrationStatus(options)
  return states.findLast((state) => state.runAt !== undefined)?.number ?? 0
}

async function run(
  { databaseUrl, directory }: MigrationOptions,
  direction: 'up' | 'down',
  count: number,
): Promise<string[]> {
  if (count === 0) return []
  const settings: RunnerOption = {
    databaseUrl,
    dir: directory,
    migrationsTable: table,
    direction,
    count,
    singleTransaction: true,
    advisoryLockMode: 'wait',
    // Its log goes to standard output; what was run is returned, what failed is thrown.
    logger: { info: ignore, warn: ignore, error: ignore },
  }
  return (await runner(settings)).map((migration) => migration.name)
}

function ignore(): void {
  // Nothing to do.
}

async function readRuns(databaseUrl: string): Promise<Map<string, Date>> {
  if (!(await hasTable(databaseUrl, table))) return new Map()
  return withClient(databaseUrl, async (client) => {
    const runs = await client.query<{ name: string; run_on: Date }>(
      `select name, run_on at time zone current_setting('TimeZone') as run_on from ${table}`,
    )
    return new Map(runs.rows.map(({ name, run_on }) => [name, run_on]))
  })
}

function hasTable(databaseUrl: string, name: string): Promise<boolean> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ known: boolean }>(
      `select to_regclass('public.${name}') is not null as known`,
    )
    return rows[0]?.known === true
  })
}

async function withClient<Result>(
  databaseUrl: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
