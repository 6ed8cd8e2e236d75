import { describeExit } from '../environment/child.ts'
import type { Instance } from '../environment/instance.ts'
import { isRunning } from '../environment/process-table.ts'

/** A process of the system that ended although nobody asked for it. */
export async function lostProcess(
  instance: Instance,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  for (const { name, child } of instance.processes.values()) {
    if (child.endWasAsked || isRunning(child.pid)) continue
    const exit = describeExit(await child.exited)
    return { process: name, instance: instance.name, exit, log: child.logTail(1_500) }
  }
  return undefined
}
