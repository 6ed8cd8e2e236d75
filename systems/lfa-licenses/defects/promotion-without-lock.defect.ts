import { defect, source } from 'etalon'

export default defect('a licence is not held while its promotion is decided', {
  refutes: ['LFA-T-10/belts'],
  plant: source('src/store/license.ts', {
    find: '`${byId} for no key update of l`',
    replace: 'byId',
  }),
})
