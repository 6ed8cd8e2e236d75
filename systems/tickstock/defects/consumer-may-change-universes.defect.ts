import { defect, sql } from 'etalon'

export default defect('the consumer may change the members of universes', {
  refutes: ['TICK-BND-04'],
  plant: sql('grant update on universe_members to tickstock_consumer'),
})
