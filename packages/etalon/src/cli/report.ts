import type { Command } from 'commander'
import { relative } from 'node:path'
import { readRunRecord } from '../evidence/run-directory.ts'
import { EtalonError } from '../kernel/errors.ts'
import { checkEvidence } from '../report/check-evidence.ts'
import { renderTerminal } from '../report/terminal.ts'
import { writers, type Writer } from '../report/writers.ts'
import { lastRun } from './last-run.ts'

interface ReportFlags {
  readonly format: string
  readonly all?: boolean
}

/** `etalon report [run]` */
export function reportCommand(program: Command): void {
  const names = ['terminal', ...Object.keys(writers)]
  program
    .command('report')
    .description('show a finished run again, from its sealed evidence')
    .argument('[run]', 'folder of a run; the last one unless given')
    .option('--format <format>', names.join(', '), 'terminal')
    .option('--all', 'every line of the document, on the terminal')
    .action((run: string | undefined, flags: ReportFlags) => {
      const directory = run ?? lastRun(process.cwd())
      const record = readRunRecord(directory)
      checkEvidence(record, directory)
      if (flags.format === 'terminal') {
        const shown = relative(process.cwd(), directory)
        process.stdout.write(renderTerminal(record, { all: flags.all ?? false, directory: shown }))
        return
      }
      const writer = (writers as Readonly<Record<string, Writer>>)[flags.format]
      if (!writer) {
        const problem = `--format: expected ${names.join(', ')}, found ${flags.format}`
        throw new EtalonError('ETALON_CLI_USAGE', { problem, command: 'report' })
      }
      process.stdout.write(writer.render(record, directory))
    })
}
