import type { Producer } from '../producer/producer.ts'
import { scenarios } from '../producer/scenario/catalogue.ts'
import { knownSeed } from '../producer/scenario/generate.ts'
import { loadScenario } from '../producer/scenario/load.ts'

/** Loads every scenario with its known seed. */
export async function loadScenarios(producer: Producer): Promise<void> {
  for (const { name } of scenarios) await loadScenario(producer, { name, seed: knownSeed })
}
