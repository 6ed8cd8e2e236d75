import { describe, expect, test } from 'vitest'
import type { FaultSpec } from '../../src/instruments/faults/fault.ts'
import { injectIntoProcess } from '../../src/instruments/faults/process-fault.ts'
import type { ProcessTarget } from '../../src/instruments/faults/process-target.ts'

/** Something that can be disturbed, and how to see that it works. */
export interface DisturbedTarget {
  readonly target: ProcessTarget
  /** Resolves when it has answered; rejects when it does not. */
  readonly ask: () => Promise<unknown>
}

/**
 * What every fault of processes has to keep, whatever it does.
 *
 * @param make a fault of the kind
 * @param on the target, once it has been started
 */
export function describeProcessFaultContract(
  name: string,
  make: () => FaultSpec,
  on: () => DisturbedTarget,
): void {
  describe(name, () => {
    test('tells how many processes it touched, and all works again once it is healed', async () => {
      const { target, ask } = on()
      await ask()
      const fault = await injectIntoProcess(target, make())
      const touch = await fault.heal()
      expect(touch.processes).toBeGreaterThanOrEqual(1)
      expect(touch.recoveryMs).toBeGreaterThanOrEqual(0)
      await ask()
      expect(target.isRunning()).toBe(true)
    })

    test('healing twice is healing once', async () => {
      const { target } = on()
      const fault = await injectIntoProcess(target, make())
      const touch = await fault.heal()
      const [first] = target.pids()
      expect(await fault.heal()).toEqual(touch)
      expect(target.pids()[0]).toBe(first)
    })

    test('touches nothing where nothing runs', async () => {
      const { target, ask } = on()
      await target.kill()
      const fault = await injectIntoProcess(target, make())
      expect(await fault.heal()).toMatchObject({ processes: 0, connections: 0 })
      if (!target.isRunning()) await target.startAgain()
      await ask()
    })
  })
}
