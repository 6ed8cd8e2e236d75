import { defect, source } from 'etalon'

export default defect('a token that was made for another service is taken', {
  refutes: ['LFA-T-61'],
  plant: source('../../packages/service-kit/src/auth.ts', {
    find: 'allowedAud: options.issuer,',
    replace: '',
  }),
})
