import { defect, source } from 'etalon'

export default defect('whoever has signed out may go on with the same token', {
  refutes: ['LFA-T-61/signed-out'],
  plant: source('../../packages/service-kit/src/auth.ts', {
    find: 'if (account?.epoch !== epoch) return undefined',
    replace: 'if (account === undefined) return undefined',
  }),
})
