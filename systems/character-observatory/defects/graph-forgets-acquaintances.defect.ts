import { defect, source } from 'etalon'

export default defect('the graph leaves out who has met only once', {
  refutes: ['CHAR-REL-11'],
  plant: source('src/store/graph.ts', {
    find: `where character_relationships.ecosystem_id = $1
   order by character_a_id`,
    replace: `where character_relationships.ecosystem_id = $1
     and character_relationships.interaction_count > 1
   order by character_a_id`,
  }),
})
