import { defect, source } from 'etalon'

export default defect('two first updates both make the row', {
  refutes: ['LFA-CPL-06'],
  plant: source('src/store/progress.ts', {
    find: 'on conflict on constraint specialization_progress_one_per_specialization do nothing',
    replace: '',
  }),
})
