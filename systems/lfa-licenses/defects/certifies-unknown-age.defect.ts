import { defect, source } from 'etalon'

export default defect('a coach of unknown age is old enough for every level', {
  refutes: ['LFA-D-12/coach'],
  plant: source('src/certification.ts', {
    find: 'birth === null ? null : ageInYears(birth, on)',
    replace: 'birth === null ? level.min_age : ageInYears(birth, on)',
  }),
})
