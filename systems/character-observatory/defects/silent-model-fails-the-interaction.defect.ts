import { defect, source } from 'etalon'

export default defect('an interaction fails when the language model does', {
  refutes: ['CHAR-INT-04/language-model'],
  plant: source('src/response/language-model.ts', {
    find: 'return options.fallback.respond(situation)',
    replace: 'throw error',
  }),
})
