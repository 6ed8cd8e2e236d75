import pc from 'picocolors'
import { EtalonError, messageOf } from '../kernel/errors.ts'
import type { ExitCode } from '../kernel/exit-code.ts'

/** Prints what went wrong and what to do next; gives the exit status. */
export function reportFailure(error: unknown): ExitCode {
  const known =
    error instanceof EtalonError
      ? error
      : new EtalonError('ETALON_INTERNAL', { problem: messageOf(error) }, { cause: error })
  process.stderr.write(`\n${pc.red(known.code)}  ${known.message}\n  ${pc.dim(known.hint)}\n`)
  if (known.code === 'ETALON_INTERNAL' && error instanceof Error && error.stack) {
    process.stderr.write(`${pc.dim(error.stack)}\n`)
  }
  return known.exitCode
}
