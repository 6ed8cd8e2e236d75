import { defect, source } from 'etalon'

export default defect('a coach of unknown age is old enough for every level', {
  refutes: ['LFA-D-12/coach'],
  plant: source('src/certification.ts', {
    find: 'if (age === null || age < level.min_age) {',
    replace: 'if (age !== null && age < level.min_age) {',
  }),
})
