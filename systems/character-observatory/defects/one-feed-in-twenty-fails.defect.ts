import { defect, source } from 'etalon'

export default defect('the activity feed fails one time in twenty', {
  refutes: ['CHAR-PERF-04', 'CHAR-PERF-12'],
  plant: source('src/routes/event.ts', {
    find: 'const { after_seq, limit } = request.query',
    replace: `const { after_seq, limit } = request.query
      if (Math.random() < 0.05) throw new Error('planted')`,
  }),
})
