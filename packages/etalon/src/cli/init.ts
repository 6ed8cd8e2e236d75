import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { EtalonError } from '../kernel/errors.ts'
import { starterFiles } from './starter.ts'

/** `etalon init <name>` */
export function initCommand(program: Command): void {
  program
    .command('init')
    .description('put a requirements document, a configuration and two claims beside a system')
    .argument('<name>', 'of the system: small letters, digits and hyphens')
    .option('--start <command>', 'how the system is started', 'node server.js')
    .option('--ready <path>', 'what answers with 200 as soon as it can be used', '/')
    .addHelpText(
      'after',
      '\nWrites into this folder and overwrites nothing. The system gets its port as PORT.\n\n  etalon init shop --start "python3 -m shop" --ready /health',
    )
    .action((name: string, { start, ready }: { start: string; ready: string }) => {
      const directory = process.cwd()
      const files = starterFiles(checked({ name, start, ready }))
      for (const file of Object.keys(files)) {
        if (existsSync(join(directory, file))) {
          throw new EtalonError('ETALON_INIT_FILE_EXISTS', { file: join(directory, file) })
        }
      }
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(directory, file)), { recursive: true })
        writeFileSync(join(directory, file), text, { flag: 'wx' })
        console.log(`wrote ${file}`)
      }
      console.log('\nNext: etalon verify. Its runs go to .etalon/, which belongs into .gitignore.')
    })
}

function checked(given: {
  readonly name: string
  readonly start: string
  readonly ready: string
}): {
  readonly name: string
  readonly command: readonly string[]
  readonly ready: string
} {
  const refuse = (problem: string): EtalonError =>
    new EtalonError('ETALON_CLI_USAGE', { problem, command: 'init' })
  if (!/^[a-z][a-z0-9-]*$/.test(given.name)) {
    throw refuse(`Expected a name of small letters, digits and hyphens, found "${given.name}".`)
  }
  const command = given.start.split(' ').filter((word) => word !== '')
  if (command.length === 0) throw refuse('Expected a command after --start, found none.')
  if (!given.ready.startsWith('/')) {
    throw refuse(`Expected a path that begins with / after --ready, found "${given.ready}".`)
  }
  return { name: given.name, command, ready: given.ready }
}
