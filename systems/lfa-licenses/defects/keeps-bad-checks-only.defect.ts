import { defect, source } from 'etalon'

export default defect(
  'a check that finds nothing is not kept, so the old bad one stays the latest',
  {
    refutes: ['LFA-HLT-07'],
    plant: source('src/operation/health-check.ts', {
      find: 'return store(tx, monitor, request, outcome)',
      replace: `return outcome.violations.length === 0
      ? { outcome, alert: undefined, dropped: [] }
      : store(tx, monitor, request, outcome)`,
    }),
  },
)
