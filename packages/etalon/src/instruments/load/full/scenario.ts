import type { ScenarioUser } from './scenario-user.ts'

/** What a user does, in several steps. The default export of a module that the driver loads. */
export interface Scenario<Data = unknown> {
  /** Names of the steps; latencies are kept apart by them. */
  readonly steps: readonly string[]
  /** Does everything once. What it throws fails this run of it, and no other. */
  readonly run: (user: ScenarioUser<Data>) => Promise<void>
}

/**
 * Declares a scenario. Its module is loaded by each thread of the driver, so that it shares nothing
 * with the claim; what it needs is given as `data`.
 */
export function scenario<Data = unknown>(declared: Scenario<Data>): Scenario<Data> {
  return declared
}

/** The name of the series in which whole runs of a scenario are counted. */
export const wholeScenario = 'scenario'

/** Loads the scenario of a module. @throws TypeError when its default export is none */
export async function loadScenario(module: string): Promise<Scenario> {
  const { default: declared } = (await import(module)) as { default?: Partial<Scenario> }
  if (Array.isArray(declared?.steps) && typeof declared.run === 'function') {
    return declared as Scenario
  }
  throw new TypeError(`${module}: expected a scenario as its default export`)
}
