import type { Command } from 'commander'
import { relative, resolve } from 'node:path'
import {
  compareRevisions,
  type CompareOptions,
  type CompareWatcher,
} from '../claims/compare-revisions.ts'
import type { ComparisonRecord } from '../evidence/comparison-record.ts'
import { EtalonError } from '../kernel/errors.ts'
import { exitCode, type ExitCode } from '../kernel/exit-code.ts'
import { concludeComparison } from '../report/comparison/conclusion.ts'
import { renderComparisonMarkdown } from '../report/comparison/markdown.ts'
import { renderComparisonTerminal } from '../report/comparison/terminal.ts'
import { reportFailure } from './failure.ts'
import { compareHelp } from './help.ts'
import { listenForInterrupt } from './interrupt.ts'

interface CompareFlags {
  readonly base: string
  readonly only: readonly string[]
  readonly rounds: string
  readonly tolerance: string
  readonly seed?: string
  readonly out?: string
  readonly format: string
}

const formats: Readonly<Record<string, (record: ComparisonRecord, directory: string) => string>> = {
  terminal: renderComparisonTerminal,
  markdown: renderComparisonMarkdown,
  json: (record) => `${JSON.stringify(record, undefined, 1)}\n`,
}

/** `etalon compare <system>` */
export function compareCommand(program: Command, version: string): void {
  program
    .command('compare')
    .description('find out whether the working tree is slower than another revision')
    .argument('<system>', 'the system to compare')
    .requiredOption('--base <revision>', 'a commit, branch or tag, or a folder with another copy')
    .option('--only <id...>', 'only these claims; all quiet ones unless given', [])
    .option('--rounds <n>', 'rounds, each with both revisions', '8')
    .option('--tolerance <share>', 'how much worse a figure may be: 0.25 or 25%', '0.25')
    .option('--seed <seed>', 'replay the random draws of an earlier comparison')
    .option('--out <folder>', 'folder of comparisons (default: .etalon/comparisons)')
    .option('--format <format>', Object.keys(formats).join(', '), 'terminal')
    .addHelpText('after', compareHelp)
    .action(async (system: string, flags: CompareFlags) => {
      process.exitCode = await runCompare(system, flags, version)
    })
}

async function runCompare(system: string, flags: CompareFlags, version: string): Promise<ExitCode> {
  const say = (text: string): void => void process.stderr.write(`${text}\n`)
  const interrupt = listenForInterrupt(() => say('stopping; once more to stop at once'))
  try {
    const format = formats[flags.format]
    if (!format) {
      throw usage(`--format: expected ${Object.keys(formats).join(', ')}, found ${flags.format}`)
    }
    let path = ''
    const watcher: CompareWatcher = {
      step: say,
      recorded: (record, directory) => {
        path = relative(process.cwd(), directory.path)
        directory.write('compare.md', renderComparisonMarkdown(record))
      },
    }
    const options = compareOptions(system, flags, version, interrupt.signal)
    const record = await compareRevisions(options, watcher)
    process.stdout.write(format(record, path))
    return interrupt.by ? exitCode.interrupted : concludeComparison(record).exitCode
  } catch (error) {
    // Ctrl-C reaches what a terminal runs for Etalon too: what fails then, fails of that.
    const { by: signal } = interrupt
    return reportFailure(signal ? new EtalonError('ETALON_INTERRUPTED_EARLY', { signal }) : error)
  } finally {
    interrupt.dispose()
  }
}

function compareOptions(
  system: string,
  flags: CompareFlags,
  version: string,
  signal: AbortSignal,
): CompareOptions {
  const rounds = Number(flags.rounds)
  if (!(Number.isInteger(rounds) && rounds > 0)) {
    throw usage(`--rounds: expected a whole number above 0, found ${flags.rounds}`)
  }
  const [, digits, percent] = /^(\d*\.?\d+)(%?)$/.exec(flags.tolerance) ?? []
  if (digits === undefined) {
    throw usage(`--tolerance: expected a share such as 0.25 or 25%, found ${flags.tolerance}`)
  }
  return {
    directory: process.cwd(),
    system,
    base: flags.base,
    only: flags.only,
    rounds,
    tolerance: Number(digits) / (percent ? 100 : 1),
    command: ['etalon', ...process.argv.slice(2)].join(' '),
    version,
    signal,
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.out === undefined ? {} : { out: resolve(flags.out) }),
  }
}

function usage(problem: string): EtalonError {
  return new EtalonError('ETALON_CLI_USAGE', { problem, command: 'compare' })
}
