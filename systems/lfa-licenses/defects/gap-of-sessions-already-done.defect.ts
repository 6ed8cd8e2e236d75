import { defect, source } from 'etalon'

export default defect('the gap in sessions is that to the level which is held', {
  refutes: ['LFA-CPL-15'],
  plant: source('src/progress.ts', {
    find: 'sessions_needed: missing(next?.required_sessions, progress.completed_sessions)',
    replace: 'sessions_needed: missing(from?.required_sessions, progress.completed_sessions)',
  }),
})
