import { defect, source } from 'etalon'

export default defect('a process takes its turn though another has taken it', {
  refutes: ['LFA-HLT-04'],
  plant: source('../../packages/service-kit/src/jobs.ts', {
    find: 'where name = $1 and due_at <= $2 returning name',
    replace: 'where name = $1 and $2::timestamptz is not null returning name',
  }),
})
