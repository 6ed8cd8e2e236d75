import { defect, source } from 'etalon'

export default defect("the detector reads high and low of the market's bars the wrong way round", {
  refutes: ['TICK-SCN-11'],
  plant: source('src/producer/store/scenario.ts', {
    find: 'select symbol, date, open, high, low, close, volume from historical_data',
    replace: 'select symbol, date, open, low, high, close, volume from historical_data',
  }),
})
