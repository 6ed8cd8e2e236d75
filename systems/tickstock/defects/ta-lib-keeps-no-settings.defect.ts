import { defect, sources } from 'etalon'

export default defect('TA-Lib is used without its settings, as its package leaves it', {
  refutes: ['TICK-SCN-09', 'TICK-SCN-10'],
  plant: sources(
    {
      file: 'src/producer/pattern/ta-lib.ts',
      find: '  setCandleDefaults(new DataView(memory.buffer))\n',
      replace: '',
    },
    {
      file: 'src/producer/pattern/ta-lib.ts',
      find: 'if (firstIndex !== lookback)',
      replace: 'if (firstIndex > lookback)',
    },
    {
      file: 'src/producer/scenario/generate.ts',
      find: 'outcomes.filter((outcome) => !outcome.met)',
      replace: 'outcomes.filter(() => false)',
    },
  ),
})
