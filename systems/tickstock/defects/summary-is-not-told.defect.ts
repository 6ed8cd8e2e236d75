import { defect, source } from 'etalon'

export default defect('an expansion does not tell that it has ended', {
  refutes: ['TICK-ETF-07'],
  plant: source('src/producer/universe/expansion.ts', {
    find: "    await publish(tx, channels.universeUpdated, 'expansion_complete', payload)\n",
    replace: '    void payload\n',
  }),
})
