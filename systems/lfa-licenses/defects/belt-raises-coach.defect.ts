import { defect, source } from 'etalon'

export default defect('a new belt raises the level of the coach licence as well', {
  refutes: ['LFA-T-06'],
  plant: source('src/store/gancuju.ts', {
    find: '`update gancuju_licenses l\n   set current_level = $2,',
    replace: `\`with raised as (
     update coach_licenses c set current_level = $2
     from gancuju_licenses g where g.id = $1 and g.user_id = c.user_id
   )
   update gancuju_licenses l
   set current_level = $2,`,
  }),
})
