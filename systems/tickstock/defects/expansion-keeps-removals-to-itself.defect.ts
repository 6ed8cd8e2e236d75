import { defect, source } from 'etalon'

export default defect('an expansion does not tell whom it has removed', {
  refutes: ['TICK-T-31'],
  plant: source('src/producer/universe/told-change.ts', {
    find: "...named('removed', removed, added), ",
    replace: '',
  }),
})
