import { defect, source } from 'etalon'

export default defect('the expiry of a coach licence ends the belts of its holder', {
  refutes: ['LFA-R-03'],
  plant: source('src/store/coach.ts', {
    find: 'where is_active and expires_at <= $1 returning id, expires_at\n   )',
    replace: `where is_active and expires_at <= $1 returning id, expires_at, user_id
   ), dragged as (
     update gancuju_licenses g set is_active = false from expired where g.user_id = expired.user_id
   )`,
  }),
})
