import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { EtalonError } from '../kernel/errors.ts'
import type { SystemDefinition } from './system-definition.ts'
import { plainEnvironment } from './system-process.ts'

const run = promisify(execFile)
const buildTimeoutMs = 300_000

/**
 * Runs the build command of a system that has one, in its folder. Every run builds anew: what is
 * verified is what the sources say now.
 *
 * @throws ETALON_BUILD_FAILED with the end of what the command printed
 */
export async function buildSystem(definition: SystemDefinition, runId: string): Promise<void> {
  if (!definition.build) return
  const [program, ...args] = definition.build.command
  try {
    await run(program, args, {
      cwd: definition.directory,
      env: plainEnvironment(runId),
      timeout: buildTimeoutMs,
    })
  } catch (error) {
    const { stderr, stdout, message } = error as { stderr?: string; stdout?: string } & Error
    const said = `${stdout ?? ''}${stderr ?? ''}`.trim() || message
    const problem = `${definition.build.command.join(' ')}: ${said.slice(-1_500)}`
    throw new EtalonError(
      'ETALON_BUILD_FAILED',
      { system: definition.name, problem },
      { cause: error },
    )
  }
}
