import { defect, source } from 'etalon'

export default defect('the loader loads a scenario with another seed than the generator', {
  refutes: ['TICK-SCN-12'],
  plant: source('src/producer/command/loader.ts', {
    find: '{ name: scenario, seed: knownSeed }',
    replace: '{ name: scenario, seed: knownSeed + 1 }',
  }),
})
