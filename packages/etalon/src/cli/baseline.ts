import type { Command } from 'commander'
import { relative } from 'node:path'
import { baselineFile, readBaseline, writeBaseline } from '../claims/baseline.ts'
import { keepFigures } from '../claims/keep-figures.ts'
import { loadSystems } from '../claims/load-systems.ts'
import { readRunRecord } from '../evidence/run-directory.ts'
import { EtalonError } from '../kernel/errors.ts'
import { checkEvidence } from '../report/check-evidence.ts'
import { lastRun } from './last-run.ts'

interface KeepFlags {
  readonly replace: readonly string[]
  readonly reason?: string
}

/** `etalon baseline keep [run]` */
export function baselineCommand(program: Command): void {
  program
    .command('baseline')
    .description('keep figures of a run, to hold those of later runs against')
    .command('keep')
    .description('keep the figures that an upheld run measured on this kind of machine')
    .argument('[run]', 'folder of a run; the last one unless given')
    .option(
      '--replace <claim...>',
      'let the figures of these claims take the place of older ones',
      [],
    )
    .option('--reason <text>', 'why, for who reads the file; needed with --replace')
    .addHelpText(
      'after',
      `\nWrites ${baselineFile} beside the claims; commit it. A figure that stands is not moved unless its\nclaim is named, and then the older one stays in the file with the reason.`,
    )
    .action(keep)
}

async function keep(run: string | undefined, flags: KeepFlags): Promise<void> {
  const reason = flags.reason?.trim() ?? ''
  if (flags.replace.length > 0 && reason === '') {
    const problem = '--replace: expected --reason with it, found none'
    throw new EtalonError('ETALON_CLI_USAGE', { problem, command: 'baseline keep' })
  }
  const directory = run ?? lastRun(process.cwd())
  const record = readRunRecord(directory)
  checkEvidence(record, directory)
  const names = record.systems.map(({ name }) => name)
  for (const { config, definition } of await loadSystems(process.cwd(), names)) {
    const { baseline, figures } = keepFigures(readBaseline(definition.directory), {
      record,
      system: config.name,
      replace: flags.replace,
      reason,
    })
    writeBaseline(definition.directory, baseline)
    for (const { fate, claim, title, detail } of figures) {
      console.log(`${fate.padEnd(12)} ${claim}  ${title}: ${detail}`)
    }
    const shown = relative(process.cwd(), `${definition.directory}/${baselineFile}`)
    console.log(`${config.name}: ${figures.length} figures of ${record.id} in ${shown}`)
  }
}
