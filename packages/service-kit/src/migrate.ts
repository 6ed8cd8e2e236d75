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
export function migrateUp(options: MigrationOptions, to = 9_999): Promise<string[]> {
  return withClient(options, (client) => up(client, options, to))
}

/** Undoes, newest first, everything above number `to`. Gives the names of what it undid. */
export function migrateDown(options: MigrationOptions, to: number): Promise<string[]> {
  return withClient(options, (client) => down(client, options, to))
}

/** Every migration file in order. */
export function migrationStatus(options: MigrationOptions): Promise<MigrationState[]> {
  return withClient(options, (client) => statesOf(client, options))
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
  const work = commands[positionals[0] ?? '']
  if (work === undefined || (to !== undefined && !Number.isInteger(to))) {
    print('usage: migrate up [--to N] | down [--to N] | status')
    return usageExitCode
  }
  // One connection for all of it: to open one costs more than what most commands ask over it.
  await withClient(options, (client) => work(client, options, { to, print }))
  return 0
}

interface CommandOptions {
  readonly to: number | undefined
  readonly print: (line: string) => void
}

type Command = (client: Client, options: MigrationOptions, asked: CommandOptions) => Promise<void>

const commands: Readonly<Record<string, Command>> = {
  async up(client, options, { to, print }) {
    printRuns('up', await up(client, options, to ?? 9_999), print)
    await followWithJobs(client, options)
  },
  async down(client, options, { to, print }) {
    const above = to ?? (await newest(client, options)) - 1
    printRuns('down', await down(client, options, above), print)
    await followWithJobs(client, options)
  },
  async status(client, options, { print }) {
    for (const { name, runAt } of await statesOf(client, options)) {
      print(`${name}  ${runAt === undefined ? 'pending' : runAt.toISOString()}`)
    }
  },
}

/** Whichever way a version is reached, the job engine is there in it or it is not. */
async function followWithJobs(
  client: Client,
  { databaseUrl, jobs }: MigrationOptions,
): Promise<void> {
  if (jobs === undefined) return
  // The engine is dear to load, and two of the systems have no jobs.
  const { installJobs, uninstallJobs } = await import('./jobs.ts')
  if (await hasTable(client, 'job_schedules')) await installJobs(databaseUrl, jobs)
  else await uninstallJobs(databaseUrl)
}

function printRuns(command: string, names: readonly string[], print: (line: string) => void): void {
  for (const name of names) print(`${command.padEnd(5)} ${name}`)
  if (names.length === 0) print('nothing to do')
}

async function statesOf(
  client: Client,
  { directory }: MigrationOptions,
): Promise<MigrationState[]> {
  const files = (await readdir(directory)).filter((name) => fileName.test(name)).sort()
  const runs = await readRuns(client)
  return files.map((file) => {
    const name = file.slice(0, -'.sql'.length)
    return { number: Number(file.slice(0, 4)), name, runAt: runs.get(name) }
  })
}

async function newest(client: Client, options: MigrationOptions): Promise<number> {
  const states = await statesOf(client, options)
  return states.findLast((state) => state.runAt !== undefined)?.number ?? 0
}

async function up(client: Client, options: MigrationOptions, to: number): Promise<string[]> {
  const states = await statesOf(client, options)
  const pending = states.filter((state) => state.runAt === undefined && state.number <= to)
  return run(client, options, { direction: 'up', count: pending.length })
}

async function down(client: Client, options: MigrationOptions, to: number): Promise<string[]> {
  const states = await statesOf(client, options)
  const done = states.filter((state) => state.runAt !== undefined && state.number > to)
  return run(client, options, { direction: 'down', count: done.length })
}

async function run(
  client: Client,
  { directory }: MigrationOptions,
  { direction, count }: Pick<RunnerOption, 'direction'> & { readonly count: number },
): Promise<string[]> {
  if (count === 0) return []
  const settings: RunnerOption = {
    dbClient: client,
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

async function readRuns(client: Client): Promise<Map<string, Date>> {
  if (!(await hasTable(client, table))) return new Map()
  const { rows } = await client.query<{ name: string; run_on: Date }>(
    `select name, run_on at time zone current_setting('TimeZone') as run_on from ${table}`,
  )
  return new Map(rows.map(({ name, run_on }) => [name, run_on]))
}

async function hasTable(client: Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ known: boolean }>(
    `select to_regclass('public.${name}') is not null as known`,
  )
  return rows[0]?.known === true
}

async function withClient<Result>(
  { databaseUrl }: MigrationOptions,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: databaseUrl })
  // The loss of a connection is told by the query that fails.
  client.on('error', ignore)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
