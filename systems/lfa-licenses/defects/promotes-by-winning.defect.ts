import { defect, source } from 'etalon'

export default defect('a record that carries a level promotes at once', {
  refutes: ['LFA-LVL-08'],
  plant: source('src/store/gancuju.ts', {
    find: 'set eligible_level = $2 where',
    replace: 'set eligible_level = $2, current_level = $2 where',
  }),
})
