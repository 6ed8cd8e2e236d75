import { AppError, loadConfig, systemClock, withPool } from 'service-kit'
import { commandEnvironment, type CommandEnvironment } from '../config.ts'
import type { Log, Producer } from '../producer.ts'

/** What a command works with. */
export interface CommandContext extends Producer {
  readonly env: CommandEnvironment
}

/**
 * Runs the work of one command on a connection of its own and prints what it gives as JSON. The
 * exit code is what the work sets, or 0; what it throws ends the command with 1 and one line.
 */
export async function runCommand(
  work: (context: CommandContext) => Promise<unknown>,
): Promise<void> {
  const env = loadConfig(commandEnvironment)
  const options = {
    url: env.DATABASE_URL,
    applicationName: 'tickstock-cli',
    statementTimeoutMs: env.STATEMENT_TIMEOUT_MS,
  }
  await withPool(options, (pool) =>
    runAlone(() => work({ pool, clock: systemClock, log: stderrLog, env })),
  )
}

/** The same for a command that needs no database. */
export async function runAlone(work: () => unknown): Promise<void> {
  try {
    const result = await work()
    if (result !== undefined) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  } catch (error) {
    process.stderr.write(`${failureText(error)}\n`)
    process.exitCode = 1
  }
}

function failureText(error: unknown): string {
  if (!(error instanceof AppError)) return error instanceof Error ? error.message : String(error)
  const { code, message, hint, details } = error
  const parts = [`${code}: ${message}`, details === undefined ? '' : JSON.stringify(details), hint]
  return parts.filter(Boolean).join('\n')
}

/** Results go to stdout, so what happens on the way goes to stderr. */
const stderrLog: Log = {
  info: (facts, text) => writeLine('info', facts, text),
  warn: (facts, text) => writeLine('warn', facts, text),
  error: (facts, text) => writeLine('error', facts, text),
}

function writeLine(level: string, facts: object, text: string): void {
  process.stderr.write(`${level}: ${text} ${JSON.stringify(facts)}\n`)
}
