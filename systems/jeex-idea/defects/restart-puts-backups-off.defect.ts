import { defect, source } from 'etalon'

export default defect('every start of the service puts the next backup off', {
  refutes: ['JEEX-D-14'],
  plant: source('../../packages/service-kit/src/jobs.ts', {
    find: 'due_at = least(job_schedules.due_at, excluded.due_at)',
    replace: 'due_at = excluded.due_at',
  }),
})
