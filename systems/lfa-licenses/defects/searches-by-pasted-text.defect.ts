import { defect, source } from 'etalon'

export default defect('the search for users pastes what is searched for into its SQL', {
  refutes: ['LFA-T-61/injection'],
  plant: source('src/store/list.ts', {
    find: "where.or([where('name', 'ilike', part), where('email', 'ilike', part)]),",
    replace:
      "where.or([where('email', 'ilike', part), sql<boolean>`name ilike '${sql.raw(part)}'`]),",
  }),
})
