import { defect, source } from 'etalon'

export default defect('every coach may coach every age group', {
  refutes: ['LFA-D-12/coach'],
  plant: source('src/certification.ts', {
    find: '.filter(([, from]) => level >= from)',
    replace: '.filter(([, from]) => from > 0)',
  }),
})
