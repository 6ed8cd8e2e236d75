import { defect, source } from 'etalon'

export default defect('an expansion does not tell whom it has removed', {
  refutes: ['TICK-T-31'],
  plant: source('src/producer/universe/expansion.ts', {
    find: "...told('removed', change.symbols_removed), ",
    replace: '',
  }),
})
