import type { Command } from 'commander'
import { relative, resolve } from 'node:path'
import { verify } from '../claims/run.ts'
import type { RunOptions, RunWatcher } from '../claims/run-options.ts'
import type { RunRecord } from '../evidence/run-record.ts'
import { EtalonError } from '../kernel/errors.ts'
import { exitCode, type ExitCode } from '../kernel/exit-code.ts'
import { concludeRun } from '../report/conclusion.ts'
import { renderTerminal } from '../report/terminal.ts'
import { viewOf } from '../report/run-view.ts'
import { reportFailure } from './failure.ts'
import { listenForInterrupt } from './interrupt.ts'
import { createProgress } from './progress.ts'

interface VerifyFlags {
  readonly only: readonly string[]
  readonly seed?: string
  readonly defects?: boolean
  readonly workers?: string
  readonly out?: string
  readonly all?: boolean
  readonly strict?: boolean
}

/** `etalon verify [system…]` */
export function verifyCommand(program: Command, version: string): void {
  program
    .command('verify')
    .description('try to refute every claim and write the report')
    .argument('[system...]', 'systems to verify; all of them unless given')
    .option(
      '--only <id...>',
      'only these claims or requirements (LFA-T-21, or LFA-T-* for several)',
      [],
    )
    .option('--seed <seed>', 'replay the random draws of an earlier run')
    .option('--defects', 'plant each defect and show that its claims refute it')
    .option('--workers <n>', 'claims at once (default: the number of processors)')
    .option('--out <folder>', 'folder of runs (default: .etalon/runs)')
    .option('--all', 'print every line of the document')
    .option('--strict', 'let requirements of tier should decide the exit status too')
    .action(async (systems: string[], flags: VerifyFlags) => {
      process.exitCode = await runVerify(systems, flags, version)
    })
}

async function runVerify(
  systems: readonly string[],
  flags: VerifyFlags,
  version: string,
): Promise<ExitCode> {
  const progress = createProgress()
  const interrupt = listenForInterrupt(() => progress.say('stopping; once more to stop at once'))
  const options = runOptions(systems, flags, version, interrupt.signal)
  let last: RunRecord | undefined
  const watcher: RunWatcher = {
    ...progress.watcher,
    recorded: (record, directory) => {
      last = record
      progress.watcher.recorded(record, directory)
    },
  }
  const directory = (): string => relative(process.cwd(), progress.directory() ?? '')
  try {
    const record = await verify(options, watcher)
    progress.end()
    const shown = { all: flags.all ?? false, directory: directory() }
    process.stdout.write(renderTerminal(record, shown))
    if (interrupt.by) return reportFailure(interruption(interrupt.by, record, directory()))
    return concludeRun(viewOf(record)).exitCode ?? exitCode.etalonDefect
  } catch (error) {
    progress.end()
    // Ctrl-C reaches what a terminal runs for Etalon too: what fails then, fails of that.
    return reportFailure(interrupt.by ? interruption(interrupt.by, last, directory()) : error)
  } finally {
    interrupt.dispose()
  }
}

function interruption(
  signal: NodeJS.Signals,
  record: RunRecord | undefined,
  directory: string,
): EtalonError {
  if (!record) return new EtalonError('ETALON_INTERRUPTED_EARLY', { signal })
  const { outcomes, planned } = record
  const counts = { judged: outcomes.length, planned: planned.length }
  return new EtalonError('ETALON_INTERRUPTED', { signal, ...counts, directory })
}

function runOptions(
  systems: readonly string[],
  flags: VerifyFlags,
  version: string,
  signal: AbortSignal,
): RunOptions {
  const workers = flags.workers === undefined ? undefined : Number(flags.workers)
  if (workers !== undefined && !(Number.isInteger(workers) && workers > 0)) {
    const problem = `--workers: expected a whole number above 0, found ${flags.workers}`
    throw new EtalonError('ETALON_CLI_USAGE', { problem, command: 'verify' })
  }
  return {
    directory: process.cwd(),
    systems,
    only: flags.only,
    defects: flags.defects ?? false,
    command: ['etalon', ...process.argv.slice(2)].join(' '),
    version,
    signal,
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(workers === undefined ? {} : { workers }),
    ...(flags.out === undefined ? {} : { out: resolve(flags.out) }),
  }
}
