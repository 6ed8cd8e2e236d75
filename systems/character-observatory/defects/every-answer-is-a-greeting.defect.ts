import { defect, source } from 'etalon'

export default defect('every kind of interaction is answered as a greeting', {
  refutes: ['CHAR-INT-04'],
  plant: source('src/response/template.ts', {
    find: 'isWarm ? phrases[type].warm : phrases[type].cool',
    replace: 'isWarm ? phrases.greeting.warm : phrases.greeting.cool',
  }),
})
