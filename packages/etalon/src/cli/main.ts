import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { exitCode } from '../kernel/exit-code.ts'
import { acceptCommand } from './accept.ts'
import { baselineCommand } from './baseline.ts'
import { canaryCommand } from './canary.ts'
import { compareCommand } from './compare.ts'
import { reportFailure } from './failure.ts'
import { faultCommand } from './fault.ts'
import { helpText } from './help.ts'
import { initCommand } from './init.ts'
import { listCommand } from './list.ts'
import { loadCommand } from './load.ts'
import { reportCommand } from './report.ts'
import { upCommand } from './up.ts'
import { verifyCommand } from './verify.ts'

const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string }

const program = new Command('etalon')
  .description('Verifies that a system really does what its completion report says.')
  .version(version)
  .addHelpText('after', helpText)
  .exitOverride()

for (const define of [
  verifyCommand,
  upCommand,
  reportCommand,
  listCommand,
  initCommand,
  acceptCommand,
  baselineCommand,
  compareCommand,
  canaryCommand,
  loadCommand,
  faultCommand,
]) {
  define(program, version)
}

// Who reads only the first lines of what is told (`| head`) does not end the run with that.
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}
// Left to Node.js, what nobody caught would end with 1, which says that a claim was refuted.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => process.exit(reportFailure(error)))
}

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode =
    error instanceof CommanderError
      ? error.exitCode === 0
        ? exitCode.upheld
        : exitCode.usage
      : reportFailure(error)
}
