import { defect, source } from 'etalon'

export default defect('five sessions are not yet five', {
  refutes: ['LFA-CPL-13'],
  plant: source('src/store/progress.ts', {
    find: "coalesce((a.criteria ->> 'sessions')::integer, 0) <= p.completed_sessions",
    replace: "coalesce((a.criteria ->> 'sessions')::integer, -1) < p.completed_sessions",
  }),
})
