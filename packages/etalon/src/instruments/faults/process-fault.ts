import { monotonicMs } from '../../kernel/clock.ts'
import type { FaultSpec, FaultTouch } from './fault.ts'
import type { InjectedFault } from './link.ts'
import { processKindOf } from './kinds/index.ts'
import type { ProcessTarget } from './process-target.ts'

/** Injects a fault of processes. What healing took, until all works again, is its `recoveryMs`. */
export async function injectIntoProcess(
  target: ProcessTarget,
  spec: FaultSpec,
): Promise<InjectedFault> {
  const fault = await processKindOf(spec)(spec, target)
  const healing = async (): Promise<FaultTouch> => {
    const startedAtMs = monotonicMs()
    await fault.heal()
    return { ...fault.touch, recoveryMs: monotonicMs() - startedAtMs }
  }
  let healed: Promise<FaultTouch> | undefined
  return {
    spec,
    held: () => Promise.reject(new TypeError(`a fault of kind ${spec.kind} holds no message`)),
    touch: async () => healed ?? fault.look?.() ?? fault.touch,
    heal: () => (healed ??= healing()),
  }
}
