import { defect, sources } from 'etalon'

export default defect('a crash is deeper than it declares, and nobody measures it', {
  refutes: ['TICK-SCN-03'],
  plant: sources(
    {
      file: 'src/producer/scenario/definition/crash-2020.ts',
      find: 'random.integer(6_440, 6_560)',
      replace: 'random.integer(5_440, 5_560)',
    },
    {
      file: 'src/producer/scenario/generate.ts',
      find: 'outcomes.filter((outcome) => !outcome.met)',
      replace: 'outcomes.filter(() => false)',
    },
  ),
})
