import { spawn } from 'node:child_process'
import os from 'node:os'

/** Does something while no processor sleeps: each has work that gives way to all other work. */
export async function whileAwake<Result>(work: () => Promise<Result>): Promise<Result> {
  const spinners = Array.from({ length: os.availableParallelism() }, () => {
    const spinner = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' })
    if (spinner.pid !== undefined) {
      os.setPriority(spinner.pid, os.constants.priority.PRIORITY_LOW)
    }
    return spinner
  })
  try {
    return await work()
  } finally {
    for (const spinner of spinners) spinner.kill('SIGKILL')
  }
}
