import { defect, source } from 'etalon'

export default defect('extraversion has nothing to do with recovery', {
  refutes: ['CHAR-ENG-07'],
  plant: source('src/rule/energy.ts', {
    find: 'recoveryPerHour * (0.8 + 0.4 * extraversion) * regeneration',
    replace: 'recoveryPerHour * (1 + 0 * extraversion) * regeneration',
  }),
})
